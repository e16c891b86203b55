/** The structure of items. */
import type { OtherType } from './values';

/** A range of a dimension or length; `min` = `max` where all items agree. */
export interface Range {
  min: number;
  max: number;
}

/** The structure of the items, as observed. */
export type Schema =
  | { type: 'int' | 'float' | 'bigint' | 'str' | 'bool' | 'null' | 'undefined' | 'date' | 'function' | 'symbol' }
  | { type: 'tensor'; dtype: string; shape: Range[] }
  /** `more`: it has fields beyond the first 64. */
  | { type: 'record'; fields: SchemaField[]; more?: true }
  | { type: 'list'; length: Range; items: Schema | null }
  | { type: 'object'; name: string }
  | { type: 'union'; of: Schema[] }
  | OtherType;

/** A field of a record. */
export interface SchemaField {
  name: string;
  schema: Schema;
  /** Missing from some items. */
  optional: boolean;
}
