import * as path from 'node:path';
import type { JsonValue, KnownKind, WrittenFile } from 'stemma-document';
import { checkOnError, type OnError, recordedOnError } from '../../engine/on-error';
import type { Node } from '../../graph/node';
import { checkPath } from '../../util/check';
import type { Digests } from '../../util/file-hash';
import type { OptionTypes } from '../../util/options';
import { placeToWrite } from '../../util/repetition';
import { explainDepth } from '../../util/stack-overflow';
import { consume } from '../consume';
import { SINK_OPTIONS, type SinkOptions } from '../run-sink';
import { type FileFormat, Pieces } from './file-format';
import { GzipFile } from './gzip-file';
import { type Bytes, OutputFile } from './output-file';
import { partName } from './part-name';

/** What a sink wrote: it has counted the items. */
export interface Written extends WrittenFile {
  items: number;
}

/** The options of every sink that writes files. */
export interface WriteOptions extends SinkOptions {
  /** What to do with an item that the format cannot hold. Default `throw`. */
  onError?: OnError;
}

/** Their names, for `optionsOf`. */
export const WRITE_OPTIONS: OptionTypes<WriteOptions> = { ...SINK_OPTIONS, onError: 'any' };

/** Takes bytes one after the other, and leaves nothing behind unless it is completed. */
interface Output {
  write(part: Bytes): Promise<void>;
  complete(): Promise<Digests>;
  discard(): Promise<void>;
}

/** A sink that writes files, as `writeAs` runs it. */
interface WriterDefinition {
  node: Node;
  kind: KnownKind;
  path: string;
  options: WriteOptions;
  recorded?: { [name: string]: JsonValue };
}

/** How files are written: begun, filled item by item, and completed with a result, or discarded. */
interface Writer<T> {
  begin: () => Promise<void>;
  take: (item: unknown, index: number) => Promise<void> | undefined;
  result: () => Promise<T>;
  discard: () => Promise<void>;
}

/** Writes all items to one file: the common part of the sinks that do. `gzip`: pack it if its name ends in `.gz`. */
export function writeFile(definition: WriterDefinition & { format: FileFormat; gzip?: boolean }): Promise<Written> {
  const { node, kind, format } = definition;
  const given = checkPath(definition.path, `path of ${kind}`);
  const isPacked = definition.gzip === true && /\.gz$/i.test(given);
  const file = partName(placeToWrite(given), node.session.assignment.shard);
  const pieces = new Pieces();
  let output: Output | null = null;
  let items = 0;

  const flush = (): Promise<void> => output!.write(pieces.take());
  const add = (bytes: Bytes | null): Promise<void> | undefined => {
    items++;
    return bytes !== null && pieces.add(bytes) ? flush() : undefined;
  };
  const begin = async (): Promise<void> => {
    const opened = await OutputFile.begin(file);
    output = isPacked ? new GzipFile(opened) : opened;
  };
  const take = (item: unknown): Promise<void> | undefined => {
    const bytes = format.encode(item);
    return bytes instanceof Promise ? bytes.then(add) : add(bytes);
  };
  const result = async (): Promise<Written> => {
    const rest = await format.end();
    if (rest !== null) pieces.add(rest);
    await flush();
    return { path: file, items, files: 1, ...(await output!.complete()) };
  };
  return writeAs(definition, { begin, take, result, discard: async () => output?.discard() });
}

/** Says of an item that overflowed the stack what is wrong with it. */
function explaining(take: Writer<unknown>['take']): Writer<unknown>['take'] {
  const explain = (error: unknown): never => {
    throw explainDepth(error, 'the item', 'map it to what has fewer levels, and no circles');
  };
  return (item, index) => {
    try {
      return take(item, index)?.catch(explain);
    } catch (error) {
      return explain(error);
    }
  };
}

/** Runs a sink that writes to `path`. */
export function writeAs<T>(
  { node, kind, path: target, options: { onError, ...options }, recorded }: WriterDefinition,
  { begin, take, result, discard }: Writer<T>,
): Promise<T> {
  if (onError !== undefined) checkOnError(onError, kind);
  const parameters = { path: target, ...recorded, ...recordedOnError(onError) };
  const identifier = options.identifier ?? path.basename(target);
  const opening: { done: Promise<unknown> } = { done: Promise.resolve() };
  return consume(
    node,
    {
      kind,
      options: { ...options, identifier },
      parameters,
      onError: onError ?? 'throw',
      // A file that is just being opened is there a moment later.
      discard: () => opening.done.then(discard),
    },
    explaining(take),
    result,
    () => {
      const opened = begin();
      opening.done = opened.catch(() => undefined);
      return opened;
    },
  );
}
