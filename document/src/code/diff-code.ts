import { diffLines } from 'diff';
import { dedent } from './dedent';

/** A line of two texts beside each other: in both, or only in the later or the earlier one. */
export interface CodeLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/**
 * Two sources of a function line by line, the earlier one first where they differ. How far they are indented makes no
 * difference.
 *
 * @example
 * diffCode('(n) => n + 1', '(n) => n + 2').map(({ kind, text }) => `${kind}: ${text}`);
 */
export function diffCode(a: string, b: string): CodeLine[] {
  const parts = diffLines(`${dedent(a)}\n`, `${dedent(b)}\n`);
  return parts.flatMap(({ added, removed, value }) =>
    value
      .slice(0, -1)
      .split('\n')
      .map((text) => ({ kind: added ? ('added' as const) : removed ? ('removed' as const) : ('same' as const), text })),
  );
}
