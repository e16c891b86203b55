import type { Content } from '../wire/message';

type Entry = [session: number, line: number, input: string];

/** The one session of a kernel's life. */
const SESSION = 1;

/** What was executed, for `history_request`. Inputs only: outputs are not kept. */
export class History {
  readonly #entries: Entry[] = [];

  add(line: number, input: string): void {
    this.#entries.push([SESSION, line, input]);
  }

  /** Content of a `history_reply`. */
  reply(request: Content): Content {
    const found = this.#find(request);
    const history = request['output'] === true ? found.map(([s, line, input]) => [s, line, [input, null]]) : found;
    return { status: 'ok', history };
  }

  #find(request: Content): Entry[] {
    const count = typeof request['n'] === 'number' ? request['n'] : this.#entries.length;
    switch (request['hist_access_type']) {
      case 'range': {
        const { start, stop } = request;
        const from = typeof start === 'number' ? start : 0;
        const to = typeof stop === 'number' ? stop : Infinity;
        return this.#entries.filter(([, line]) => line >= from && line < to);
      }
      case 'search': {
        const pattern = globToRegExp(typeof request['pattern'] === 'string' ? request['pattern'] : '*');
        const matches = this.#entries.filter(([, , input]) => pattern.test(input));
        return last(request['unique'] === true ? latestOfEach(matches) : matches, count);
      }
      default:
        return last(this.#entries, count);
    }
  }
}

const last = (entries: Entry[], count: number): Entry[] => (count > 0 ? entries.slice(-count) : []);

function latestOfEach(entries: Entry[]): Entry[] {
  const latest = new Map<string, Entry>();
  for (const entry of entries) {
    latest.delete(entry[2]);
    latest.set(entry[2], entry);
  }
  return [...latest.values()];
}

/** A pattern of the shell: `*`, `?` and `[…]`, over the whole text, as in IPython's history. */
function globToRegExp(glob: string): RegExp {
  const source = glob.replace(GLOB_PARTS, (part, characters?: string) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (characters !== undefined) return `[${characters.replace(/[\\\]]/g, '\\$&')}]`;
    return `\\${part}`;
  });
  return new RegExp(`^${source}$`, 's');
}

const GLOB_PARTS = /\[(\^?[^\]]+)\]|[*?.+^${}()|[\]\\]/g;
