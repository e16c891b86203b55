import { deserialize, serialize } from 'node:v8';
import type { CarriedSources } from './carried-origins';
import { Chunk } from '../../engine/chunk';
import { type Origin, originOf, Part, rowOf, sourceOf } from '../../engine/origin';
import type { Run } from '../../engine/run';

/** An origin as structured clone can carry it. */
type PlainOrigin = number | { of: PlainOrigin; part: number } | PlainOrigin[];

/** How a source names its rows where they are counted: `rows item 5` is 5 behind `rows item `, counted from `first`. */
interface RowNames {
  before: string;
  first: number;
}

interface CachedSource {
  ordinal: number;
  /** Which of the sources before the cache it is; -1 for none of them. */
  at: number;
  identity: number;
  epoch: number;
  rows: RowNames;
}

/** Items that lie in the file together. */
interface Frame {
  values: unknown[];
  origins: PlainOrigin[];
  /** Of the rows that are not called as their source's rows are, such as files. */
  names: [origin: number, name: string][];
  /** Sources that no frame before has named. */
  sources: CachedSource[];
}

/** Writes the frames of one file, one after the other. */
export class FrameEncoder {
  readonly #rows = new Map<number, RowNames>();

  constructor(
    private readonly run: Run,
    private readonly label: string,
    private readonly sources: readonly object[],
  ) {}

  encode({ values, origins }: Chunk): Buffer {
    const frame: Frame = { values, origins: origins.map(plain), names: [], sources: [] };
    for (const origin of origins) this.#note(origin, frame);
    return serialize(frame);
  }

  #note(origin: Origin, frame: Frame): void {
    if (typeof origin === 'object') {
      if (origin instanceof Part) this.#note(origin.of, frame);
      else for (const at of origin) this.#note(at, frame);
      return;
    }
    const [ordinal, row] = [sourceOf(origin), rowOf(origin)];
    const entry = this.run.sourceEntry(ordinal);
    if (entry === undefined) return;
    const { key, info: source } = entry;
    const name = source.describe(row);
    let rows = this.#rows.get(ordinal);
    if (rows === undefined) {
      this.#rows.set(ordinal, (rows = rowNames(name, row) ?? { before: `${this.label} item `, first: 0 }));
      const at = this.sources.indexOf(key);
      frame.sources.push({ ordinal, at, identity: source.identity, epoch: source.epoch, rows });
    }
    if (name !== nameOf(rows, row)) frame.names.push([origin, name]);
  }
}

/** Reads the frames of one file, one after the other. */
export class FrameDecoder {
  readonly #names = new Map<number, string>();

  /** `keyOf` returns what stands for a source; `sources` gets to know what the frames say of it. */
  constructor(
    private readonly sources: CarriedSources,
    private readonly keyOf: (ordinal: number, at: number, identity: number) => object,
  ) {}

  decode(body: Buffer, adopted: (origin: Origin) => Origin): Chunk {
    const { values, origins, names, sources } = deserialize(body) as Frame;
    for (const [origin, name] of names) this.#names.set(origin, name);
    for (const { ordinal, at, identity, epoch, rows } of sources) {
      const describe = (row: number): string => this.#names.get(originOf(ordinal, row)) ?? nameOf(rows, row);
      this.sources.add(ordinal, { key: this.keyOf(ordinal, at, identity), info: { describe, identity, epoch } });
    }
    return new Chunk(
      values,
      origins.map((origin) => adopted(revived(origin))),
    );
  }
}

function rowNames(name: string, row: number): RowNames | null {
  const [, before, number] = /^(.*?)(\d{1,15})$/s.exec(name) ?? [];
  return before === undefined ? null : { before, first: Number(number) - row };
}

const nameOf = ({ before, first }: RowNames, row: number): string => `${before}${row + first}`;

function plain(origin: Origin): PlainOrigin {
  if (typeof origin === 'number') return origin;
  return origin instanceof Part ? { of: plain(origin.of), part: origin.index } : origin.map(plain);
}

function revived(origin: PlainOrigin): Origin {
  if (typeof origin === 'number') return origin;
  return Array.isArray(origin) ? origin.map(revived) : new Part(revived(origin.of), origin.part);
}
