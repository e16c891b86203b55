import { relative } from 'node:path';
import type { Patch, Position } from 'stemma';
import { type EnteredCell, type Host, HOST_KEY, type HostedSession, type Place } from 'stemma/host';
import { FeedPump, type News } from 'stemma/live';
import type { RequestMessage } from 'stemma-document';
import type { CellPlaces } from '../cells/cell-places';
import type { Context } from '../cells/context';
import type { Execution } from '../cells/execution';
import type { Notebook } from '../cells/notebook';
import type { CellNames } from '../compiler/cell-names';
import { versionOf } from '../versions';
import type { Outcome, ToFront, ToMain } from '../threads/messages';
import { toUpdate } from './binary-samples';
import { replyTo } from './request-handlers';

/** Between two patches while a page listens: eight a second. */
const LISTENED_MS = 120;
/** While none does: what the front thread then has for a page that opens while a cell blocks. */
const IDLE_MS = 1_000;
/** Cells that ran before the library was loaded, and that its record may depend on. */
const MOST_CELLS = 2_000;

/**
 * The host of the recorder (lib/src/host.ts): tells the library which cell runs, and carries what the recorder knows to
 * the front thread, which serves the pages.
 */
export class RecorderHost implements Host {
  #session: HostedSession | null = null;
  #pump: FeedPump | null = null;
  #listeners = 0;
  #watched: string[] = [];
  readonly #entered: EnteredCell[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly context: Context,
    private readonly places: CellPlaces,
    private readonly post: (message: ToFront) => void,
    private readonly program: Pick<Notebook, 'bindings' | 'loadedFiles'>,
  ) {}

  /** Puts it where the library looks for it; before any cell runs. */
  install(): void {
    (globalThis as { [HOST_KEY]?: Host })[HOST_KEY] = this;
  }

  cell(): ReturnType<Host['cell']> {
    const execution = this.context.current;
    return execution === null ? undefined : { ...execution.cell, source: execution.source };
  }

  cells(): readonly EnteredCell[] {
    return this.#entered;
  }

  original(place: Place): Position | undefined {
    return this.places.original(place);
  }

  functionSource(fn: object): string | undefined {
    return this.places.functionSource(fn);
  }

  /** Jupyter's server puts the notebook's path into the environment of its kernels. */
  notebook(): string | null {
    const path = process.env['JPY_SESSION_NAME'];
    return path ? relative(process.cwd(), path) : null;
  }

  captured(name: string, value: unknown): ReturnType<NonNullable<Host['captured']>> {
    return this.program.bindings.behind(name, value);
  }

  files(): Iterable<string> {
    return this.program.loadedFiles();
  }

  packages(): Record<string, string> {
    return { tslab: versionOf('tslab'), typescript: versionOf('typescript') };
  }

  attach(session: HostedSession): void {
    this.#session = session;
    this.#pump?.close();
    const pump = new FeedPump({
      session,
      feed: { sketches: true },
      intervalMs: () => (this.#listeners > 0 ? LISTENED_MS : IDLE_MS),
      later: (waitMs) => (this.#timer ??= untracked(() => this.flush(), waitMs).unref()),
      onNews: (news) => this.#send(news, []),
    });
    this.#pump = pump;
    pump.watch(this.#watched);
    // Whatever the library was loaded for is declared first; a microtask also has its turn in a loop that never yields.
    untrackedMicrotask(() => {
      this.post({ kind: 'session', document: session.document({ samples: false }) });
      this.flush();
      pump.start();
    });
  }

  /** `relations`: what it has to do with other cells. */
  enterCell({ cell, source }: Execution, { hasEffects, ...names }: CellNames): void {
    const entered: EnteredCell = { ...cell, source, ...names, ...(hasEffects ? { hasEffects } : {}) };
    this.#entered.push(entered);
    if (this.#entered.length > MOST_CELLS) this.#entered.shift();
    this.#session?.enterCell(entered);
  }

  interrupt(): void {
    this.#session?.interrupt();
  }

  /** What is shown of the record is brought up to date: a cell is about to end. */
  settle(): void {
    this.#session?.settle();
  }

  /** The same, where the process is about to end; runs under way end with it. */
  end(): void {
    const session = this.#session;
    if (session === null) return;
    session.end();
    const { patch, samples } = this.#pump?.take() ?? { patch: NOTHING, samples: [] };
    this.#send({ patch: { ...patch, frame: session.frame() }, samples }, []);
  }

  listen(count: number, watched: string[]): void {
    const added = watched.filter((id) => !this.#watched.includes(id));
    this.#listeners = count;
    this.#watched = watched;
    this.#pump?.watch(watched);
    this.#send(this.#pump?.take() ?? null, added);
  }

  /** Replies to what a page asks for. */
  serve({ ticket, request }: Extract<ToMain, { kind: 'query' }>): void {
    this.post({ kind: 'reply', ticket, outcome: this.#outcome(request) });
  }

  /** Hands over what is new, now. */
  flush(): void {
    this.#send(this.#pump?.take() ?? null, []);
  }

  #outcome(request: RequestMessage): Outcome {
    try {
      return { reply: replyTo(this.#session, request) };
    } catch (error) {
      return { error: (error as Error).message };
    }
  }

  #send(news: News | null, alsoSamplesOf: string[]): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const session = this.#session;
    if (session === null || (news === null && alsoSamplesOf.length === 0)) return;
    const changed = this.#watched.filter((id) => news?.samples.includes(id) === true || alsoSamplesOf.includes(id));
    this.post({
      kind: 'record',
      createdMs: performance.timeOrigin + performance.now(),
      patch: news?.patch ?? null,
      samples: changed.map((id) => toUpdate(id, session.samples(id))),
    });
  }
}

const NOTHING: Patch = { processes: [], artifacts: [], runs: [], cells: null, removed: [] };

/** Taken before user code can replace them, and its timers are tracked. */
const untracked = setTimeout;
const untrackedMicrotask = queueMicrotask;
