import { CellPlaces } from '../cells/cell-places';
import { Context } from '../cells/context';
import { Runner } from '../cells/runner';
import { mapStackTraces } from '../cells/stack-traces';
import { trackTimers } from '../cells/timers';
import { RecorderHost } from '../recorder/recorder-host';
import type { ToFront } from '../threads/messages';
import type { SharedState } from '../threads/shared-state';
import { Transport } from '../threads/transport';
import { RunningKernel } from './running-kernel';

/** What cells run in, whether they come from a front end or from a record. */
export class Program {
  readonly transport: Transport;
  readonly context: Context;
  readonly running: RunningKernel;
  readonly runner: Runner;
  readonly recorder: RecorderHost;

  /** `post` takes what is said to the front end. */
  constructor(post: (message: ToFront) => void, state: SharedState) {
    this.transport = new Transport(post, state);
    this.context = new Context(state, () => this.recorder.interrupt());
    this.running = new RunningKernel(this.context, this.transport);
    this.runner = new Runner(this.context, state, (content, update) => this.running.sendDisplay(content, update));
    this.recorder = new RecorderHost(this.context, new CellPlaces(this.runner.maps), post, this.runner.notebook);
  }

  /** Makes the process one in which user code runs. */
  install(): void {
    this.recorder.install();
    this.running.install();
    const { wait, each, threw } = this.context;
    this.runner.notebook.provide({ wait, each, threw });
    trackTimers(this.context);
    mapStackTraces(this.runner.maps);
  }
}
