import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { JsonValue } from 'stemma-document';
import { projectPath } from './project';
import { shownParameter, shownParameters } from '../privacy/redact';
import { HIDDEN, withoutSecrets, withoutUsers } from '../privacy/without-secrets';
import type { RecorderSettings } from '../settings/settings';

type Redact = RecorderSettings['redact'];

const OPTION = /^(--?)([A-Za-z][\w.-]*)$/;
const NAMED = /^(-{0,2})([A-Za-z_][\w.-]*)=(.*)$/s;
/** Options whose value is itself a named value or an object. */
const PARAMETERS = /^p(?:arams)?$/;
/**
 * How this process was started, as the record may show it: the script by its path in its project, and of each argument
 * that has a name (`--name value`, `--name=value`, `name=value`, members of a JSON object) what `redact` leaves of it,
 * without secrets.
 */
export function commandLine(argv: readonly string[], redact: Redact): string[] {
  const [, script = '', ...args] = argv;
  const name = path.basename(script);
  const isStemma = /^stemma(?:\.mjs)?$/.test(name);
  return [
    ...(isStemma ? ['stemma'] : ['node', ...(script === '' ? [] : [projectPath(script)])]),
    ...shownArguments(args, redact),
  ];
}

/** Arguments of a command as the record may show them. */
export function shownArguments(args: readonly string[], redact: Redact): string[] {
  return args.map((arg, at) => {
    const [, , option] = OPTION.exec(args[at - 1] ?? '') ?? [];
    if (NAMED.test(arg) || /^\s*[{[]/.test(arg)) return shownArgument(arg, redact);
    if (OPTION.test(arg)) return arg;
    return option === undefined ? withoutUsers(arg) : shownValue(option, arg, redact);
  });
}

function shownArgument(arg: string, redact: Redact): string {
  const [, dashes, name, value] = NAMED.exec(arg) ?? [];
  if (name === undefined) return arg.trimStart().startsWith('{') ? shownObject(arg, redact) : shownList(arg);
  if (dashes !== '' && PARAMETERS.test(name)) return `${dashes}${name}=${shownArgument(value!, redact)}`;
  // `-ptoken=x` is `-p token=x`.
  if (dashes === '-' && name.length > 1)
    return `-${name[0]}${name.slice(1)}=${shownValue(name.slice(1), value!, redact)}`;
  return `${dashes}${name}=${shownValue(name, value!, redact)}`;
}

/** As it was written where there is nothing to hide. */
function shownValue(name: string, text: string, redact: Redact): string {
  const value = parsed(text) ?? text;
  const parameter = shownParameter(name, value, redact);
  return isDeepStrictEqual(parameter, value) ? withoutUsers(text) : textOf(parameter);
}

function shownObject(arg: string, redact: Redact): string {
  const members = parsed(arg);
  if (typeof members !== 'object' || members === null || Array.isArray(members)) return HIDDEN;
  return JSON.stringify(shownParameters(members, redact));
}

function shownList(arg: string): string {
  const list = parsed(arg);
  return list === undefined ? withoutUsers(arg) : textOf(withoutSecrets(list));
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

const textOf = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value));
