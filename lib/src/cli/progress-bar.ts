import { SingleBar } from 'cli-progress';
import type { Companion, PipelineRun } from './companion';
import { plural } from '../util/plural';

const INTERVAL_MS = 100;

/** A line on stderr with the progress of a run; nothing where stderr is not a terminal. */
export class ProgressBar implements Companion {
  #bar: SingleBar | null = null;
  #timer: NodeJS.Timeout | null = null;

  start(run: PipelineRun): void {
    if (!process.stderr.isTTY) return;
    this.#bar = new SingleBar({
      format: (_options, { value, total, startTime }) => line(run.name, value, total, startTime ?? Date.now()),
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
    });
    this.#bar.start(0, 0);
    // It hides the cursor.
    process.once('exit', this.#end);
    this.#timer = setInterval(() => this.#update(run), INTERVAL_MS);
  }

  #update(run: PipelineRun): void {
    const { items, total } = run.progress() ?? { items: 0, total: null };
    this.#bar?.setTotal(total ?? 0);
    this.#bar?.update(items);
  }

  readonly #end = (): void => this.stop();

  stop(): void {
    process.off('exit', this.#end);
    clearInterval(this.#timer ?? undefined);
    this.#bar?.stop();
  }
}

const WIDTH = 30;

/** `total` is 0 where it is not known. */
function line(name: string, items: number, total: number, startTime: number): string {
  const seconds = (Date.now() - startTime) / 1000;
  const rate = `${plural(items, 'item')}, ${Math.round(items / Math.max(seconds, 0.001))}/s`;
  if (total === 0) return `${name} ${rate}, ${Math.round(seconds)} s`;
  const share = Math.min(1, items / total);
  const done = Math.round(share * WIDTH);
  const rest = items === 0 ? '' : `, ${Math.round((seconds * (1 - share)) / share)} s to go`;
  return `${name} ${'█'.repeat(done)}${'░'.repeat(WIDTH - done)} ${Math.floor(share * 100)} % of ${total}, ${rate}${rest}`;
}
