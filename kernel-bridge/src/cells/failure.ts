import { inspect } from 'node:util';
import { Interrupted } from './interrupted';
import { plainNames } from './plain-names';
import { memberText, tracebackOf } from './traceback';

/** Content of an `error` message and of a failed reply. */
export interface Failure extends Record<string, unknown> {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** Maximum length of a message in a notebook; nobody reads megabytes. */
const MAX_LENGTH = 200_000;

/**
 * Describes a thrown value to the user. Anything can be thrown in JavaScript, even a value that throws when it is
 * inspected.
 */
export function failureOf(error: unknown): Failure {
  try {
    const { ename, evalue, traceback } = describe(error);
    return { ename: cut(ename), evalue: cut(evalue), traceback: traceback.map(cut) };
  } catch {
    const evalue = 'what was thrown cannot be shown: it throws an error itself when it is looked at';
    return { ename: 'Thrown', evalue, traceback: [evalue] };
  }
}

function describe(error: unknown): Failure {
  if (error instanceof Interrupted) return { ename: error.name, evalue: error.message, traceback: [error.stack!] };
  if (!(error instanceof Error)) {
    const text = inspect(error);
    const evalue = typeof error === 'string' ? error : text;
    return { ename: 'Thrown', evalue, traceback: [`a value that is not an Error was thrown: ${text}`] };
  }
  const traceback = tracebackOf(error);
  const hint = hintFor(error);
  if (hint !== null) traceback.push(hint);
  return { ename: memberText(error, 'name'), evalue: plainNames(memberText(error, 'message')), traceback };
}

function cut(text: string): string {
  if (text.length <= MAX_LENGTH) return text;
  return `${text.slice(0, MAX_LENGTH)}… (${text.length - MAX_LENGTH} more characters)`;
}

/** Errors of the type checker, as `line:column - message`. */
export function compileFailure(lines: string[]): Failure {
  return { ename: 'TypeScriptError', evalue: lines[0] ?? '', traceback: lines };
}

/** Says of Node's message that a file is missing, rather than a package. */
const LOCAL = /^Cannot find module '[./]/;

/** The way out of errors that Node explains to authors of packages only. */
function hintFor(error: NodeJS.ErrnoException): string | null {
  switch (error.code) {
    case 'ERR_REQUIRE_ESM':
      return `this package is an ES module, which cells can import from Node 20.19 or 22.12 on (this is ${process.version}): update Node, or install an older major version of the package`;
    case 'ERR_REQUIRE_ASYNC_MODULE':
      return 'this is an ES module with a top-level await, which `require` cannot load: import it, in the cell or by `await import(…)`';
    case 'MODULE_NOT_FOUND':
      if (LOCAL.test(memberText(error, 'message')))
        return `there is no such file, neither with this name nor with .ts, .tsx, .js or .json behind it; files are looked for from the folder of the importing file, which is ${process.cwd()} for cells`;
      return `packages are looked for in the node_modules of ${process.cwd()} and the folders above: install it there`;
    default:
      return null;
  }
}
