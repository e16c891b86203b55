import { types } from 'node:util';
import { isObject } from '../wire/message';
import { jsonValue } from './json-value';
import { nameOf } from './name-of';

/** MIME type → data, as a notebook can keep it: text, bytes as base64, JSON. */
export type MimeBundle = Record<string, unknown>;

const MIME_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;.*)?$/;
/** What notebooks keep as JSON rather than as text: nbformat's own pattern. */
const JSON_TYPE = /^application\/(?:.*\+)?json$/;
const TEXT_TYPE = /^text\/|\+xml$|^application\/(?:xml|(?:x-)?javascript|ecmascript)$/;
const BINARY_TYPE = /^(?:image|audio|video|font)\/|^application\/pdf$/;
const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/**
 * Checks what is to be shown, and returns it as it is sent. A member that is undefined counts as not given.
 *
 * Readers of notebooks (nbclient, nbconvert, papermill) stop at a bundle that is none, so it is an error where it is
 * made: a TypeError that names the MIME type, what was expected and what it got.
 */
export function checkedBundle(data: unknown, what: string): MimeBundle {
  const expected = `invalid ${what}: expected an object such as { 'text/html': '<b>3</b>' }`;
  if (!isObject(data)) throw new TypeError(`${expected}, got ${nameOf(data)}`);
  const bundle: MimeBundle = {};
  for (const [type, value] of Object.entries(data)) {
    if (value === undefined) continue;
    if (!MIME_TYPE.test(type)) {
      throw new TypeError(`invalid ${what}: expected MIME types such as "text/html", got "${type}"`);
    }
    bundle[type] = checkedData(type, value);
  }
  if (Object.keys(bundle).length === 0) throw new TypeError(`${expected}, got one without data`);
  return bundle;
}

function checkedData(type: string, value: unknown): unknown {
  if (JSON_TYPE.test(type)) return jsonValue(value, `invalid data of "${type}"`);
  const isText = TEXT_TYPE.test(type);
  const isBinary = !isText && BINARY_TYPE.test(type);
  if (!isText && types.isUint8Array(value)) return bytesOf(value).toString('base64');
  if (!isText && types.isAnyArrayBuffer(value)) return Buffer.from(value).toString('base64');
  const text = textOf(value);
  if (text === null) {
    const expected = isText ? 'text' : isBinary ? 'bytes (a Buffer or Uint8Array) or base64 text' : 'text or bytes';
    const hint = isText && types.isUint8Array(value) ? ': decode it, e.g. with toString("utf8")' : '';
    throw new TypeError(`invalid data of "${type}": expected ${expected}, got ${nameOf(value)}${hint}`);
  }
  if (isBinary && !isBase64(text)) {
    throw new TypeError(`invalid data of "${type}": expected bytes or base64 text, got text that is not base64`);
  }
  return text;
}

/** Text, or a list of its parts, as files of notebooks have it. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.every((part) => typeof part === 'string') ? value.join('') : null;
}

/** Padded, as Python's decoder wants it. */
function isBase64(text: string): boolean {
  return BASE64.test(text) && text.replace(/\s+/g, '').length % 4 === 0;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, byteLength);
