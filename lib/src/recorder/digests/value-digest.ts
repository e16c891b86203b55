import { hasPlainPrototype } from '../../util/plain-prototype';
import { digestBytes, digestText } from './digest-bytes';
import { absorb, beginDigest, endDigest, first, second } from './digest-state';

/** Deeper than any item; beyond it a value is opaque, as one that contains itself is. */
const MAX_DEPTH = 32;
/** An item of more parts is opaque: a list may have 2 ** 32 holes. */
const MAX_PARTS = 2 ** 22;
/** A value of more objects is visited as a graph: each object once, since there may be endless paths. */
const MANY_OBJECTS = 10_000;
const MAX_GRAPH_DEPTH = 1000;
/** Of a longer list, map or set about this many entries enter, in blocks, where a part is allowed. */
const MANY_ENTRIES = 16_384;
const BLOCK_ENTRIES = 64;

/** What a value begins with in a digest: so that `1`, `'1'` and `[1]` differ. */
const enum Tag {
  integer = 1,
  float,
  text,
  bytes,
  true,
  false,
  undefined,
  bigint,
  null,
  list,
  record,
  date,
  map,
  opaque,
  error,
  pattern,
  url,
}

const float = new Float64Array(1);
const halves = new Uint32Array(float.buffer);
/** Hashes of the names of fields, which are few. */
const names = new Map<string, number>();
const MOST_NAMES = 10_000;

/** How many values within items could not be digested. */
let opaque = 0;
/** How many parts may still be visited, and how many objects, where it is no graph. */
let budget = MAX_PARTS;
let objects = MANY_OBJECTS;
/** What was found of the objects of a graph; null of those under way. */
let found: Map<object, readonly [number, number] | null> | null = null;
/** Whether what is large is digested as a whole, and whether something was not. */
let isWhole = true;
let isPartial = false;

/** Begins to digest items of a stream: what is large in them as a whole, or in part. */
export function beginItems(areWhole: boolean): void {
  opaque = 0;
  isPartial = false;
  isWhole = areWhole;
}

/** How many values could not be digested since `beginItems`, and whether something large was digested in part. */
export const leftOut = (): { opaque: number; isPartial: boolean } => ({ opaque, isPartial });

/**
 * The digest of one value, and how many parts of it could not be digested. Null where it has more than `most` parts.
 */
export function digestOf(value: unknown, most = MAX_PARTS): { digest: string; opaque: number } | null {
  opaque = 0;
  isWhole = true;
  digest(value, most);
  return budget < 0 ? null : { digest: hex(first(), second()), opaque };
}

/**
 * Leaves the digest in `first` and `second`. A value whose getter or proxy throws, or that has too many parts, is
 * opaque as a whole.
 */
export function digest(value: unknown, most = MAX_PARTS): void {
  objects = MANY_OBJECTS;
  const before = opaque;
  let isDigested = attempt(value, most, MAX_DEPTH);
  if (objects < 0) {
    opaque = before;
    found = new Map();
    isDigested = attempt(value, most, MAX_GRAPH_DEPTH);
    found = null;
  }
  if (!isDigested) {
    opaque = before;
    beginDigest();
    visitOpaque();
  }
  endDigest();
}

function attempt(value: unknown, most: number, depth: number): boolean {
  budget = most;
  beginDigest();
  try {
    visit(value, depth);
    return budget >= 0;
  } catch {
    return false;
  }
}

function visit(value: unknown, depth: number): void {
  switch (typeof value) {
    case 'number':
      return visitNumber(value);
    case 'string':
      absorb(Tag.text);
      return visitText(value);
    case 'boolean':
      return absorb(value ? Tag.true : Tag.false);
    case 'undefined':
      return absorb(Tag.undefined);
    case 'bigint':
      absorb(Tag.bigint);
      return visitText(String(value));
    case 'object':
      if (value === null) return absorb(Tag.null);
      return depth > 0 && --budget >= 0 ? visitApart(value, depth - 1) : visitOpaque();
    case 'function':
    case 'symbol':
      return visitOpaque();
  }
}

function visitOpaque(): void {
  opaque++;
  absorb(Tag.opaque);
}

/** There is one NaN, and -0 is 0. */
function visitNumber(value: number): void {
  if ((value | 0) === value) {
    absorb(Tag.integer);
    return absorb(value);
  }
  float[0] = value !== value ? NaN : value;
  absorb(Tag.float);
  absorb(halves[0]!);
  absorb(halves[1]!);
}

function visitText(text: string): void {
  if (text.length > 256) budget -= text.length >>> 8;
  if (budget >= 0 && digestText(text, isWhole)) isPartial = true;
}

/** Digests an object on its own, so that what is found of it holds wherever it is met again. */
function visitApart(value: object, depth: number): void {
  if (found !== null) return visitMember(value, depth, found);
  if (--objects < 0) budget = -1;
  const a = first();
  const b = second();
  beginDigest();
  visitObject(value, depth);
  endDigest();
  const ownA = first();
  const ownB = second();
  beginDigest(a, b);
  absorb(ownA);
  absorb(ownB);
}

/** `visitApart` of an object of a graph. */
function visitMember(value: object, depth: number, found: Map<object, readonly [number, number] | null>): void {
  let own = found.get(value);
  if (own === null) return visitOpaque();
  const a = first();
  const b = second();
  if (own === undefined) {
    found.set(value, null);
    beginDigest();
    visitObject(value, depth);
    endDigest();
    own = [first(), second()];
    found.set(value, own);
  }
  beginDigest(a, b);
  absorb(own[0]);
  absorb(own[1]);
}

function visitObject(value: object, depth: number): void {
  if (budget < 0) return;
  if (ArrayBuffer.isView(value)) {
    absorb(Tag.bytes);
    visitText(value.constructor.name);
    budget -= value.byteLength >>> 8;
    if (budget >= 0 && digestBytes(value, isWhole)) isPartial = true;
    return;
  }
  if (Array.isArray(value)) {
    absorb(Tag.list);
    return visitList(value, depth);
  }
  if (value instanceof Date) {
    absorb(Tag.date);
    return visitNumber(value.getTime());
  }
  if (value instanceof ArrayBuffer) return visitObject(new Uint8Array(value), depth);
  if (value instanceof Map || value instanceof Set) {
    absorb(Tag.map);
    return visitEntries(value, depth);
  }
  if (value instanceof Error) return visitTexts(Tag.error, value.name, value.message);
  if (value instanceof RegExp) return visitTexts(Tag.pattern, value.source, value.flags);
  if (value instanceof URL) return visitTexts(Tag.url, value.href);
  // A dataset, for one, leads to all others by its fields, and is not data.
  if (Symbol.asyncIterator in value) return visitOpaque();
  visitRecord(value as { [name: string]: unknown }, depth);
}

function visitTexts(tag: Tag, ...texts: readonly string[]): void {
  absorb(tag);
  for (const text of texts) visitText(text);
}

function visitList(items: readonly unknown[], depth: number): void {
  const every = beginEntries(items.length);
  if (every === 1) {
    for (let i = 0; i < items.length && budget >= 0; i++) visit(items[i], depth);
    return;
  }
  for (let from = 0; from < items.length; from += BLOCK_ENTRIES) {
    if (!isChosen(from, items.length, every)) continue;
    const to = Math.min(from + BLOCK_ENTRIES, items.length);
    for (let i = from; i < to && budget >= 0; i++) visit(items[i], depth);
  }
}

function visitEntries(entries: ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>, depth: number): void {
  const every = beginEntries(entries.size);
  let i = 0;
  for (const entry of entries) {
    if (isChosen(i - (i % BLOCK_ENTRIES), entries.size, every)) visit(entry, depth);
    i++;
    if (budget < 0) return;
  }
}

/** Returns one in how many blocks of entries is to be visited. */
function beginEntries(length: number): number {
  absorb(length);
  const every = isWhole ? 1 : Math.ceil(length / MANY_ENTRIES);
  if (every > 1) isPartial = true;
  budget -= length >>> (every > 1 ? 10 : 4);
  return budget < 0 ? Infinity : every;
}

/** The first and the last block, and others that are scattered, so that no regular structure is left out altogether. */
function isChosen(from: number, length: number, every: number): boolean {
  if (every === 1 || from === 0 || from + BLOCK_ENTRIES >= length) return true;
  return (Math.imul(from / BLOCK_ENTRIES + 1, 0x9e3779b1) >>> 8) % every === 0;
}

/** The sum of its fields, whatever their order. */
function visitRecord(record: { [name: string]: unknown }, depth: number): void {
  let sumA = 0;
  let sumB = 0;
  let count = 0;
  for (const name in record) {
    if (budget < 0) return;
    beginDigest(nameHash(name));
    visit(isPathOf(name, record) ? record.name : record[name], depth);
    endDigest();
    sumA = (sumA + first()) | 0;
    sumB = (sumB + second()) | 0;
    count++;
  }
  beginDigest();
  if (!isData(record, count)) return visitOpaque();
  absorb(Tag.record);
  absorb(count);
  absorb(sumA);
  absorb(sumB);
}

/** What shows no field, such as a promise or an object of private fields, has its content elsewhere. */
const isData = (record: object, fields: number): boolean => fields > 0 || hasPlainPrototype(record);

/**
 * Of a `FileRef`, and of what was made of one: folders are others on other machines. What is in the files is known by
 * the digests of the source.
 */
function isPathOf(name: string, { path, name: file }: { [name: string]: unknown }): boolean {
  return name === 'path' && typeof path === 'string' && typeof file === 'string' && path.endsWith(file);
}

function nameHash(name: string): number {
  const known = names.get(name);
  if (known !== undefined) return known;
  let hash = 7;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  if (names.size < MOST_NAMES) names.set(name, hash);
  return hash;
}

export const hex = (a: number, b: number): string =>
  [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
