import { readFile } from 'node:fs/promises';
import { types } from 'node:util';
import type { Node } from '../../graph/node';
import { type Options, optionsOf } from '../../graph/operation-options';
import { encodeImage, isImage } from '../../images/encode-image';
import { isTensor, type Tensor } from '../../tensor/tensor';
import { checkPath, inWords } from '../../util/check';
import type { OptionTypes } from '../../util/options';
import { placeToWrite } from '../../util/repetition';
import type { Bytes } from './output-file';
import { OutputFolder } from './output-folder';
import { partName } from './part-name';
import { WRITE_OPTIONS, writeAs, type WriteOptions, type Written } from './write-file';

/** What a file is made of: its text or bytes, an image as a tensor, or another file. */
export type FileContent = string | Uint8Array | ArrayBuffer | Tensor | { readonly path: string };

/** How `toFolder` names and fills files. */
export interface ToFolderOptions<T = unknown> extends WriteOptions {
  /**
   * The path of an item's file within the folder, such as `cat/1.png`. Default: that of a file of `fromFolder` as it is
   * called, else the number of the item, with `.png`, `.txt` or `.bin`.
   */
  name?: (item: T, index: number) => string;
  /** What is in the file of an item. Default: the item itself. */
  content?: (item: T, index: number) => FileContent | Promise<FileContent>;
  /** Replaces a folder that is there, with all that is in it. Default false: that is an error. */
  overwrite?: boolean;
}

const OPTIONS: OptionTypes<ToFolderOptions> = {
  ...WRITE_OPTIONS,
  name: 'function',
  content: 'function',
  overwrite: 'boolean',
};

export function toFolder(node: Node, path: string, given?: Options<ToFolderOptions>): Promise<Written> {
  const { name, content = itself, overwrite = false, ...options } = optionsOf(given, 'toFolder', OPTIONS);
  checkPath(path, 'path of toFolder');
  const place = partName(placeToWrite(path), node.session.assignment.shard);
  let folder: OutputFolder | null = null;
  let items = 0;
  const take = async (item: unknown, index: number): Promise<void> => {
    const inFile = await content(item, index);
    const file = name === undefined ? defaultName(inFile, index) : name(item, index);
    await folder!.add(file, await bytesOf(inFile, file));
    items++;
  };
  return writeAs(
    { node, kind: 'toFolder', path, options, recorded: overwrite ? { overwrite } : {} },
    {
      begin: async () => {
        folder = await OutputFolder.begin(place, overwrite);
      },
      take,
      result: async () => ({ path: place, items, ...(await folder!.complete()) }),
      discard: async () => folder?.discard(),
    },
  );
}

const itself = (item: unknown): FileContent => item as FileContent;

function defaultName(item: unknown, index: number): string {
  if (isFile(item) && typeof (item as { name?: unknown }).name === 'string')
    return (item as { name?: unknown }).name as string;
  const extension = isTensor(item) ? 'png' : typeof item === 'string' ? 'txt' : 'bin';
  return `${String(index).padStart(6, '0')}.${extension}`;
}

const isFile = (value: unknown): value is { path: string } =>
  typeof value === 'object' && value !== null && typeof (value as { path?: unknown }).path === 'string';

async function bytesOf(content: unknown, name: string): Promise<Bytes> {
  if (typeof content === 'string') {
    if (/\p{Surrogate}/u.test(content))
      throw new TypeError('the text has half a character (a lone surrogate), which a file of text cannot hold');
    return content;
  }
  if (types.isUint8Array(content)) return content;
  if (types.isAnyArrayBuffer(content)) return new Uint8Array(content);
  if (isTensor(content)) return imageBytes(content, name);
  if (isFile(content)) return readFile(content.path);
  throw new TypeError(
    `the content of ${inWords(name)} is ${inWords(content)}: expected a text, bytes (a Uint8Array), an image (a tensor) or { path }; ` +
      'pass content: (item) => … to say what is in the file',
  );
}

function imageBytes(tensor: Tensor, name: string): Promise<Uint8Array> {
  const extension = /\.(?:(png)|jpe?g)$/i.exec(name);
  if (extension === null || !isImage(tensor))
    throw new TypeError(
      `the content of ${inWords(name)} is a tensor of the shape [${tensor.shape.join(', ')}], which is written as an image: expected ` +
        'a shape of [c, h, w], [h, w, c] or [h, w], and a name that ends in .png, .jpg or .jpeg',
    );
  return encodeImage(tensor, extension[1] === undefined ? 'jpeg' : 'png');
}
