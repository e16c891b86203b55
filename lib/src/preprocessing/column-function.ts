import type { JsonValue } from 'stemma-document';
import { codeOf, described } from '../util/described';
import { type Row, rowOf } from './cells';

/** A function of records for `map`, with what the record shows of it. @internal */
export function columnFunction(
  name: string,
  columns: readonly string[],
  parameters: { [name: string]: JsonValue },
  change: (row: Row) => Row,
): unknown {
  const call = (item: unknown): Row => change(rowOf(item, columns, name));
  const code = `${name}(${codeOf(parameters)})`;
  return described(call, name, code, { parameters, uses: [] });
}
