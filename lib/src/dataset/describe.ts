import { countOf } from '../graph/length';
import type { Node } from '../graph/node';
import { printSchema } from 'stemma-document';

/** One line about a dataset, for consoles: what puts it out, how long it is, and what was seen in it. */
export function describe({ kind, label, record, length }: Node): string {
  const name = label === kind ? kind : `${kind} ${JSON.stringify(label)}`;
  const schema = record?.output?.sampler.schema ?? null;
  const parts = [name, countOf(record?.output?.length ?? length()), ...(schema === null ? [] : [printSchema(schema)])];
  return `Dataset { ${parts.join(', ')} }`;
}
