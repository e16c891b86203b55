import { comparableCode } from '../code/comparable-code';
import { kindOf } from '../kinds/kinds';
import { optionRole } from '../kinds/options';
import type { JsonValue, Process, Shard } from '../model/document';

/** What a process is, whichever machine it ran on and whichever part of the data it was given. */
export interface ProcessDefinition {
  kind: string;
  role: Process['role'];
  label: string;
  options: { [name: string]: JsonValue };
  /**
   * The function's source as it is compared, without comments; the hash of that where the record has not all of it;
   * null where there is none.
   */
  code: string | null;
}

/**
 * The definition of a process. Of its options those enter that decide what comes out (see `optionRole`); of absolute
 * paths among them only the last part, since folders differ from machine to machine; of a `shard` that takes the
 * session's own part not which part it was. `shard` is the session's.
 */
export function definitionOf(process: Process, shard: Shard | undefined): ProcessDefinition {
  const { kind, role, label, code } = process;
  const options: ProcessDefinition['options'] = {};
  for (const [name, value] of Object.entries(shardless(process, shard)))
    if (optionRole(kind, name) === 'result') options[name] = portable(value);
  return { kind, role, label, options, code: code === null ? null : (code.sha256 ?? comparableCode(code.source)) };
}

const WHOLE: Shard = { index: 0, count: 1 };

/** The options without what says which part of the data the session had. */
export function shardless({ kind, options }: Process, shard: Shard = WHOLE): Process['options'] {
  if (kindOf(kind)?.part !== 'shard' || options.index !== shard.index || options.count !== shard.count) return options;
  const { index: _index, count: _count, ...rest } = options;
  return rest;
}

/** A value without the folders of absolute paths in it. */
export function portable(value: JsonValue): JsonValue {
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
