import type { FieldStatistics } from 'stemma-document';
import { isTensor, isTypedArray, type TypedArray } from '../../tensor/tensor';
import { fieldKey, fieldPaths } from '../../util/field-paths';
import { FieldColumn } from './field-column';
import { hashValue } from './hash-value';
import type { SummaryLimits } from '../settings/settings';
import { clip } from './summary';
import { momentsOf } from './tensor-moments';

/** How much of an item is looked at, and of how many fields statistics are kept. */
export interface FieldLimits {
  readonly summary: Readonly<SummaryLimits>;
  readonly statistics: number;
}

/**
 * While a run goes on, statistics may lag behind by this share of the items: they are asked for several times a second.
 */
const LAG = 0.05;

/** At most this many names per field are kept: most lead to a field, but a record may have none. */
const NAMES = 4;

/** A field, by the names that lead to it. */
interface FieldNode {
  readonly key: string;
  column: FieldColumn | null;
  readonly fields: Map<string, FieldNode>;
}

const nodeOf = (key: string): FieldNode => ({ key, column: null, fields: new Map() });

/**
 * The fields of the items that are kept of a stream: their numbers and hashes, nothing of the items themselves. Field
 * names are paths (`image`, `box.x`); the item itself is the empty path.
 */
export class FieldSample {
  readonly #root = nodeOf('');
  #names = 0;
  readonly #columns = new Map<string, FieldColumn>();
  #items = 0;
  #more = false;
  #known: { items: number; sketched: boolean; statistics: FieldStatistics[] } | null = null;

  constructor(private readonly limits: FieldLimits) {}

  /** How many items are kept. */
  get items(): number {
    return this.#items;
  }

  /** There were fields beyond those that statistics are kept of. */
  get more(): boolean {
    return this.#more;
  }

  /** About what it takes in memory. */
  get bytes(): number {
    let bytes = 0;
    for (const column of this.#columns.values()) bytes += column.bytes;
    return bytes;
  }

  add(item: unknown): void {
    this.#visit(item, this.#root, 0);
    this.#items++;
  }

  /** Only these items stay, by their places in the order in which they came. */
  keep(rows: readonly number[]): void {
    for (const column of this.#columns.values()) column.keep(rows);
    this.#items = rows.length;
    this.#known = null;
  }

  /** A run is over: statistics lag behind no more. */
  settle(): void {
    this.#known = null;
  }

  /** `withSketch`: what merging needs, which live patches do without. */
  statistics(withSketch = false): FieldStatistics[] {
    const known = this.#known;
    const lag = withSketch ? 0 : LAG * this.#items;
    if (known !== null && known.sketched === withSketch && this.#items - known.items <= lag) return known.statistics;
    const paths = fieldPaths(this.#columns.keys());
    const statistics = [...this.#columns.values()].map((column, i) =>
      column.statistics(paths[i]!, this.#items, withSketch),
    );
    this.#known = { items: this.#items, sketched: withSketch, statistics };
    return statistics;
  }

  #visit(value: unknown, node: FieldNode, depth: number): void {
    try {
      this.#look(value, node, depth);
    } catch {
      this.#column(node)?.add(this.#items, NaN);
    }
  }

  #look(value: unknown, node: FieldNode, depth: number): void {
    switch (typeof value) {
      case 'number':
        this.#column(node)?.add(this.#items, hashValue(value), value);
        break;
      case 'string':
        this.#column(node)?.add(this.#items, hashValue(clip(value, this.limits.summary.text)));
        break;
      case 'boolean':
        this.#column(node)?.add(this.#items, hashValue(value));
        break;
      case 'undefined':
        this.#column(node);
        break;
      case 'object':
        if (value === null) this.#column(node);
        else this.#object(value, node, depth);
        break;
      default:
        this.#column(node)?.add(this.#items, NaN);
    }
  }

  #object(value: object, node: FieldNode, depth: number): void {
    if (isTypedArray(value)) this.#tensor(value, node);
    else if (isTensor(value)) this.#tensor(value.data, node);
    else if (isWhole(value) || depth >= this.limits.summary.depth) this.#column(node)?.add(this.#items, NaN);
    else {
      const names = Object.keys(value);
      const count = Math.min(names.length, this.limits.summary.fields);
      for (let i = 0; i < count; i++) this.#member(value, names[i]!, node, depth);
    }
  }

  /** One getter that throws must not hide its neighbours. */
  #member(value: object, name: string, node: FieldNode, depth: number): void {
    const field = this.#field(node, name);
    if (field === null) return;
    let member: unknown;
    try {
      member = (value as { [name: string]: unknown })[name];
    } catch {
      this.#column(field)?.add(this.#items, NaN);
      return;
    }
    this.#visit(member, field, depth + 1);
  }

  #tensor(data: TypedArray, node: FieldNode): void {
    const { mean, min, max } = momentsOf(data);
    this.#column(node)?.add(this.#items, NaN, mean ?? NaN, min ?? NaN, max ?? NaN);
  }

  /** Null where there are too many. */
  #field(node: FieldNode, name: string): FieldNode | null {
    const known = node.fields.get(name);
    if (known !== undefined) return known;
    this.#more ||= this.#names++ >= NAMES * this.limits.statistics;
    if (this.#more) return null;
    const field = nodeOf(fieldKey(node.key, name));
    node.fields.set(name, field);
    return field;
  }

  /** Null where there are too many. */
  #column(node: FieldNode): FieldColumn | null {
    if (node.column !== null || this.#more) return node.column;
    this.#more = this.#columns.size >= this.limits.statistics;
    if (!this.#more) this.#columns.set(node.key, (node.column = new FieldColumn()));
    return node.column;
  }
}

/** Not a record of fields. */
function isWhole(value: object): boolean {
  return Array.isArray(value) || value instanceof Date || value instanceof Error;
}
