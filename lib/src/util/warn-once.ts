import { withoutControls } from 'stemma-document';

/** More would hide what else a cell or script prints. */
const MAX_WARNINGS = 20;

let currentScope = '';
let printed = new Set<string>();

/**
 * Prints a warning by `console.warn`, so that a notebook shows it below the cell. The same text comes once per `scope`,
 * such as one execution of a cell, whatever it is said of, and at most 20 texts do: a fault in a loop is said once, and
 * once more where the cell runs again.
 */
export function warnOnce(of: string, text: string, scope = ''): void {
  if (scope !== currentScope) {
    currentScope = scope;
    printed = new Set();
  }
  if (printed.has(text) || printed.size > MAX_WARNINGS) return;
  printed.add(text);
  const isLast = printed.size > MAX_WARNINGS;
  console.warn(`stemma: ${isLast ? 'further warnings are not printed' : withoutControls(`${of}: ${text}`)}`);
}
