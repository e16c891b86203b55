import { Chunk, END, type MaybePromise, type Pulled } from './chunk';
import type { Run } from './run';
import type { Stage } from './stage';

/** A stage without its first items, which are made and dropped. */
export class SkipStage implements Stage {
  constructor(
    private readonly stage: Stage,
    private rest: number,
    private readonly run: Run,
  ) {}

  pull(want: number, limit: number): MaybePromise<Pulled> {
    if (this.rest === 0) return this.stage.pull(want, limit);
    const pulled = this.stage.pull(Math.min(Math.max(want, this.run.chunk), this.rest), this.rest + limit);
    return pulled instanceof Promise ? pulled.then((chunk) => this.#drop(chunk)) : this.#drop(pulled);
  }

  /** Nothing yet: so the sink keeps the event loop's turns. */
  #drop(pulled: Pulled): Pulled {
    if (pulled === END) return END;
    this.rest -= pulled.length;
    return Chunk.empty();
  }

  close(): MaybePromise<void> {
    return this.stage.close();
  }
}
