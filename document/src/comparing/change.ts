import type { JsonValue } from '../model/document';

/** One difference between two processes. A member that one of them lacks is null there. */
export interface Change {
  /** What was to be done, to what, what came out, or what happened otherwise. */
  layer: 'definition' | 'inputs' | 'output' | 'execution';
  /** E.g. `options.size`, `code`, `itemsOut`, `schema`. */
  path: string;
  a: JsonValue;
  b: JsonValue;
}
