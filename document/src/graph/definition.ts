import { kindOf } from '../kinds/kinds';
import type { JsonValue, Process, Shard } from '../model/document';

/** What a process is, whichever machine it ran on and whichever part of the data it was given. */
export interface ProcessDefinition {
  kind: string;
  role: Process['role'];
  label: string;
  options: { [name: string]: JsonValue };
  /** The function's source; null where there is none. */
  code: string | null;
}

/**
 * The definition of a process. Of absolute paths among the options only the last part enters, since folders differ from machine to machine; of
 * a `shard` that takes the session's own part, which part it was does not. `shard` is the session's.
 */
export function definitionOf(process: Process, shard: Shard | undefined): ProcessDefinition {
  const { kind, role, label, code } = process;
  const options: ProcessDefinition['options'] = {};
  for (const [name, value] of Object.entries(shardless(process, shard))) options[name] = portable(value);
  return { kind, role, label, options, code: code === null ? null : code.source.replace(/\r\n?/g, '\n') };
}

const WHOLE: Shard = { index: 0, count: 1 };

/** The options without what says which part of the data the session had. */
export function shardless({ kind, options }: Process, shard: Shard = WHOLE): Process['options'] {
  if (kindOf(kind)?.part !== 'shard' || options.index !== shard.index || options.count !== shard.count) return options;
  const { index: _index, count: _count, ...rest } = options;
  return rest;
}

function portable(value: JsonValue): JsonValue {
  if (typeof value === 'string') return withoutFolder(value);
  if (Array.isArray(value)) return value.map(portable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, portable(member)]));
}

/** `train` for `/data/imagenette/train`, `C:\data\train\` and `~/data/train`. */
function withoutFolder(text: string): string {
  if (!/^(?:[A-Za-z]:)?[\\/]|^~[\\/]/.test(text)) return text;
  return (
    text
      .split(/[\\/]+/)
      .filter((part) => part !== '')
      .at(-1) ?? text
  );
}
