import { types } from 'node:util';
import { encodeImage } from '../../../images/encode-image';
import { isTensor } from '../../../tensor/tensor';
import { inWords } from '../../../util/check';
import { isFields } from '../fields';
import { jsonLine } from '../json-line';
import { npyOf } from './npy';
import { tarEntry } from './tar';

/** The field that has the key of a sample, as the library webdataset has it. */
const KEY = '__key__';

/** The files of a sample, which are called by its key, with its fields as their extensions. */
export async function sampleOf(item: unknown, key: string): Promise<Buffer> {
  if (!isFields(item))
    throw new TypeError(
      `the item is ${inWords(item)}, and a sample is a record whose fields are called by what they hold, such as { jpg, cls }`,
    );
  const entries: Buffer[] = [];
  for (const [name, value] of Object.entries(item)) {
    if (name === KEY || value === null || value === undefined) continue;
    if (!/^[\w-]+(?:\.[\w-]+)*$/.test(name))
      throw new TypeError(
        `the field ${inWords(name)} is no extension of a file: expected letters, digits, "_", "-" and "."`,
      );
    entries.push(tarEntry(`${key}.${name}`, await contentOf(name, value)));
  }
  if (entries.length === 0) throw new TypeError('the item has no field with a value, and a sample needs at least one');
  return Buffer.concat(entries);
}

/** The key that the item has, or was given. */
export function keyOf(item: unknown, index: number): string {
  const own = (item as { [KEY]?: unknown } | null)?.[KEY];
  return own === undefined ? String(index).padStart(9, '0') : (own as string);
}

/** @throws TypeError unless it is a path in the archive whose last part has no dot, at which readers cut it */
export function checkKey(key: unknown): asserts key is string {
  const parts = typeof key === 'string' ? key.split('/') : [''];
  const isOdd = (part: string): boolean =>
    part === '' || part === '.' || part === '..' || /[\\\0]|\p{Surrogate}/u.test(part);
  if (parts.some(isOdd) || parts.at(-1)!.includes('.'))
    throw new TypeError(
      `the key is ${inWords(key)}: expected a path such as "cat/1", without "..", and without a dot behind the last slash`,
    );
}

async function contentOf(name: string, value: unknown): Promise<Uint8Array> {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (types.isUint8Array(value)) return value;
  if (types.isAnyArrayBuffer(value)) return new Uint8Array(value);
  if (isTensor(value)) {
    if (extension === 'png') return encodeImage(value, 'png');
    if (extension === 'jpg' || extension === 'jpeg') return encodeImage(value, 'jpeg');
    if (extension === 'npy') return npyOf(value);
  }
  if (extension === 'json') return Buffer.from(jsonLine(value));
  if (typeof value === 'string') {
    if (/\p{Surrogate}/u.test(value))
      throw new TypeError(
        `the field ${inWords(name)} has half a character (a lone surrogate); map it to text.toWellFormed()`,
      );
    return Buffer.from(value);
  }
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return Buffer.from(String(value));
  throw new TypeError(
    `the field ${inWords(name)} is ${inWords(value)}: expected a text, a number or bytes; a tensor in a field called png, jpg or npy; ` +
      'anything else in one called json',
  );
}
