import type { ContentDigest } from 'stemma-document';
import { digestBytes } from './digest-bytes';
import { absorb, beginDigest, endDigest, first, second } from './digest-state';

/** Deeper than any item; beyond it a value is opaque, as one that contains itself is. */
const MAX_DEPTH = 32;

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
}

const float = new Float64Array(1);
const halves = new Uint32Array(float.buffer);
/** Hashes of the names of fields, which are few. */
const names = new Map<string, number>();
const MOST_NAMES = 10_000;

/** How many values within items could not be digested. */
let opaque = 0;
/** How many values may still be visited. */
let budget = Infinity;
/** Whether large arrays are digested as a whole, and whether one was not. */
let isWhole = true;
let isPartial = false;

/**
 * Digests what passes, item by item: once in its order, and once whatever the order, by sums that can be added up over
 * the parts of a run. 64 bits each: they tell apart what differs by accident, and are no protection against a forger.
 */
export class StreamDigest {
  items = 0;
  #opaque = 0;
  #isPartial = false;
  #sumA = 0;
  #sumB = 0;
  #orderA = 0;
  #orderB = 0;

  /** `arrays`: whether large arrays within items are digested as a whole, or in part, which costs next to nothing. */
  constructor(private readonly arrays: 'whole' | 'part' = 'whole') {}

  addAll(values: readonly unknown[]): void {
    let [sumA, sumB, orderA, orderB] = [this.#sumA, this.#sumB, this.#orderA, this.#orderB];
    opaque = 0;
    isPartial = false;
    isWhole = this.arrays === 'whole';
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      let a: number;
      let b: number;
      if (typeof value === 'number' && (value | 0) === value) {
        // As `digest` does it, without the calls: streams of numbers are the fast ones.
        a = Math.imul(value ^ 0x2545f491, 0x85ebca6b);
        b = Math.imul(value ^ 0x1b873593, 0xc2b2ae35);
        a = Math.imul(a ^ (a >>> 15), 0x846ca68b);
        b = Math.imul(b ^ (b >>> 14), 0x735a2d97);
        a ^= a >>> 16;
        b ^= b >>> 15;
      } else {
        digest(value);
        a = first();
        b = second();
      }
      sumA = (sumA + a) | 0;
      sumB = (sumB + b) | 0;
      orderA = (Math.imul(orderA, 0x2c1b3c6d) + a) | 0;
      orderB = (Math.imul(orderB, 0x297a2d39) + b) | 0;
    }
    this.#sumA = sumA;
    this.#sumB = sumB;
    this.#orderA = orderA;
    this.#orderB = orderB;
    this.items += values.length;
    this.#opaque += opaque;
    this.#isPartial ||= isPartial;
  }

  toJson(): ContentDigest {
    return {
      items: this.items,
      ordered: hex(this.#orderA, this.#orderB),
      unordered: hex(this.#sumA, this.#sumB),
      ...(this.#opaque === 0 ? {} : { opaque: this.#opaque }),
      ...(this.#isPartial ? { partial: true as const } : {}),
    };
  }
}

/**
 * The digest of one value, and how many parts of it could not be digested. Null where it has more than `most` parts.
 */
export function digestOf(value: unknown, most = Infinity): { digest: string; opaque: number } | null {
  opaque = 0;
  budget = most;
  isWhole = true;
  try {
    digest(value);
    return budget < 0 ? null : { digest: hex(first(), second()), opaque };
  } finally {
    budget = Infinity;
  }
}

/** A value whose getter or proxy throws is opaque as a whole. */
function digest(value: unknown): void {
  beginDigest();
  try {
    visit(value, MAX_DEPTH);
  } catch {
    beginDigest();
    visitOpaque();
  }
  endDigest();
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
      return depth > 0 && --budget >= 0 ? visitObject(value, depth - 1) : visitOpaque();
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
  const { length } = text;
  absorb(length);
  let i = 0;
  for (; i + 1 < length; i += 2) absorb(text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16));
  if (i < length) absorb(text.charCodeAt(i));
}

function visitObject(value: object, depth: number): void {
  if (ArrayBuffer.isView(value)) {
    absorb(Tag.bytes);
    visitText(value.constructor.name);
    budget -= value.byteLength >>> 8;
    if (budget >= 0 && digestBytes(value, isWhole)) isPartial = true;
    return;
  }
  if (Array.isArray(value)) {
    absorb(Tag.list);
    return visitItems(value, depth);
  }
  if (value instanceof Date) {
    absorb(Tag.date);
    return visitNumber(value.getTime());
  }
  if (value instanceof ArrayBuffer) return visitObject(new Uint8Array(value), depth);
  if (value instanceof Map || value instanceof Set) {
    absorb(Tag.map);
    return visitItems([...value] as unknown[], depth);
  }
  visitRecord(value as { [name: string]: unknown }, depth);
}

function visitItems(items: readonly unknown[], depth: number): void {
  absorb(items.length);
  for (let i = 0; i < items.length && budget >= 0; i++) visit(items[i], depth);
}

/** The sum of its fields, whatever their order. */
function visitRecord(record: { [name: string]: unknown }, depth: number): void {
  const before = [first(), second()] as const;
  let sumA = 0;
  let sumB = 0;
  let count = 0;
  for (const name in record) {
    beginDigest(nameHash(name));
    visit(isPathOf(name, record) ? record.name : record[name], depth);
    endDigest();
    sumA = (sumA + first()) | 0;
    sumB = (sumB + second()) | 0;
    count++;
  }
  beginDigest(before[0], before[1]);
  absorb(Tag.record);
  absorb(count);
  absorb(sumA);
  absorb(sumB);
}

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

const hex = (a: number, b: number): string => [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
