import * as path from 'node:path';
import type { JsonValue } from 'stemma-document';
import { projectPath } from './project';
import { HIDDEN, shownParameter } from '../privacy/redact';
import type { RecorderSettings } from '../settings/settings';

type Redact = RecorderSettings['redact'];

const OPTION = /^(--?)([A-Za-z][\w.-]*)$/;
const NAMED = /^(-{0,2})([A-Za-z_][\w.-]*)=(.*)$/s;
/** The part of an address that names who asks. */
const USER = /\b([a-z][a-z0-9+.-]*:\/\/)[^/@\s]+@/gi;

/**
 * How this process was started, as the record may show it: the script by its path in its project, and of each argument
 * that has a name (`--name value`, `--name=value`, `name=value`, members of a JSON object) what `redact` leaves of it.
 */
export function commandLine(argv: readonly string[], redact: Redact): string[] {
  const [, script = '', ...args] = argv;
  const name = path.basename(script);
  const isStemma = /^stemma(?:\.mjs)?$/.test(name);
  return [
    ...(isStemma ? ['stemma'] : ['node', ...(script === '' ? [] : [projectPath(script)])]),
    ...shown(args, redact),
  ];
}

function shown(args: readonly string[], redact: Redact): string[] {
  return args.map((arg, at) => {
    const [, , option] = OPTION.exec(args[at - 1] ?? '') ?? [];
    const [, dashes, name, value] = NAMED.exec(arg) ?? [];
    if (name !== undefined) return `${dashes}${name}=${shownValue(name, value!, redact)}`;
    if (arg.startsWith('{')) return shownObject(arg, redact);
    if (OPTION.test(arg)) return arg;
    return option === undefined ? withoutUser(arg) : shownValue(option, arg, redact);
  });
}

function shownValue(name: string, value: string, redact: Redact): string {
  const parameter = shownParameter(name, value, redact);
  return parameter === value ? withoutUser(value) : textOf(parameter);
}

function shownObject(arg: string, redact: Redact): string {
  try {
    const members = Object.entries(JSON.parse(arg) as { [name: string]: JsonValue });
    return withoutUser(
      JSON.stringify(Object.fromEntries(members.map(([name, value]) => [name, shownParameter(name, value, redact)]))),
    );
  } catch {
    return HIDDEN;
  }
}

const textOf = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value));

const withoutUser = (text: string): string => text.replace(USER, '$1');
