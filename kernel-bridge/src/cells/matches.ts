import type ts = require('typescript');

export interface Matches {
  /** What they replace. */
  start: number;
  end: number;
  /** Those first that begin as what is typed; then those that do but for its case; then those that contain it. */
  names: string[];
}

export function matches(info: ts.CompletionInfo | undefined, code: string, cursor: number): Matches {
  const typed = /[\p{ID_Continue}$]*$/u.exec(code.slice(0, cursor))![0];
  const behind = /^[\p{ID_Continue}$]*/u.exec(code.slice(cursor))![0];
  const lower = typed.toLowerCase();
  const rank = (name: string): number => {
    if (name.startsWith(typed)) return 0;
    if (name.toLowerCase().startsWith(lower)) return 1;
    return name.toLowerCase().includes(lower) ? 2 : 3;
  };
  const fitting = (info?.entries ?? [])
    .map(({ name, sortText }) => ({ name, rank: rank(name), sortText }))
    .filter((entry) => entry.rank < 3)
    .sort((a, b) => a.rank - b.rank || (a.sortText < b.sortText ? -1 : a.sortText > b.sortText ? 1 : 0));
  return {
    start: cursor - typed.length,
    end: cursor + behind.length,
    names: fitting.map(({ name }) => name),
  };
}
