import { memberPath } from '../json/json-path';

/** Deeper than anything that the recorder writes. What checks, compares and prints JSON recurses once a level. */
const MAX_DEPTH = 500;
/** Members of the path that a message shows. */
const SHOWN_MEMBERS = 8;
const SHOWN_CHARACTERS = 200;

/** A list or object on the way down, and which of its members was visited last. */
interface Level {
  container: object;
  /** Null for a list. */
  names: string[] | null;
  at: number;
}

/**
 * The path of the first value of parsed JSON that is nested deeper than 500 levels, shortened; null if there is none.
 * Does not recurse, and takes memory for one path only.
 */
export function tooDeepAt(value: unknown): string | null {
  const path: Level[] = [];
  const enter = (child: unknown): void => {
    if (typeof child !== 'object' || child === null) return;
    path.push({ container: child, names: Array.isArray(child) ? null : Object.keys(child), at: -1 });
  };
  enter(value);
  while (path.length > 0) {
    if (path.length > MAX_DEPTH) return pathOf(path.slice(0, SHOWN_MEMBERS));
    const level = path.at(-1)!;
    const { container, names } = level;
    const count = names === null ? (container as unknown[]).length : names.length;
    if (++level.at >= count) path.pop();
    else if (names === null) enter((container as unknown[])[level.at]);
    else enter((container as { [name: string]: unknown })[names[level.at]!]);
  }
  return null;
}

function pathOf(levels: readonly Level[]): string {
  const path = levels.reduce(
    (above, { names, at }) => (names === null ? `${above}[${at}]` : memberPath(above, names[at]!)),
    '',
  );
  return path.slice(0, SHOWN_CHARACTERS);
}

export const tooDeepMessage = (path: string): string =>
  `${path === '' ? 'the value' : path}…: expected at most ${MAX_DEPTH} levels of lists and objects`;
