import { isObject } from '../wire/message';

type Path = (string | number)[];

/** State without its bytes, which travel beside it: ipywidgets' `buffer_paths`. */
export interface SplitState {
  state: Record<string, unknown>;
  buffer_paths: Path[];
  buffers: Uint8Array[];
}

/** Takes typed arrays and array buffers out of a state, at any depth. The state itself is left as it is. */
export function splitState(state: Record<string, unknown>): SplitState {
  const split: SplitState = { state: {}, buffer_paths: [], buffers: [] };
  const strip = (value: unknown, path: Path): unknown => {
    const bytes = bytesOf(value);
    if (bytes !== null) {
      split.buffer_paths.push(path);
      split.buffers.push(bytes);
      return null;
    }
    if (Array.isArray(value)) return value.map((item, index) => strip(item, [...path, index]));
    if (isObject(value))
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, strip(item, [...path, key])]));
    return value;
  };
  split.state = strip(state, []) as Record<string, unknown>;
  return split;
}

/** Puts bytes back to where they belong, in place. */
export function joinState(state: Record<string, unknown>, paths: unknown, buffers: Uint8Array[]): void {
  if (!Array.isArray(paths)) return;
  for (const [index, path] of paths.entries()) {
    if (!Array.isArray(path) || path.length === 0 || buffers[index] === undefined) continue;
    let holder: unknown = state;
    for (const key of path.slice(0, -1)) holder = ownMember(holder, key);
    const last = path.at(-1) as unknown;
    if (typeof holder === 'object' && holder !== null && isKey(last)) {
      Object.defineProperty(holder, last, {
        value: buffers[index],
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
  }
}

function bytesOf(value: unknown): Uint8Array | null {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return null;
}

/** The page decides on the path: it must not lead out of the state. */
function ownMember(holder: unknown, key: unknown): unknown {
  if (typeof holder !== 'object' || holder === null || !isKey(key) || !Object.hasOwn(holder, key)) return undefined;
  return (holder as Record<string | number, unknown>)[key];
}

const isKey = (key: unknown): key is string | number => typeof key === 'string' || typeof key === 'number';
