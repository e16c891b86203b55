import type { CellRef } from 'stemma';
import type { Header } from '../wire/message';
import { Interrupted } from './interrupted';

export interface ExecutionOptions {
  /** Unique in the process. */
  number: number;
  /** Header of the execute request: what the code prints, also later, belongs to it. */
  parent: Header;
  idents: Uint8Array[];
  cell: CellRef;
  source: string;
  silent: boolean;
  /** Whether it is the cell `[executionCount]` of the notebook: not where it is silent or leaves no history. */
  counts: boolean;
  allowStdin: boolean;
  /** How many interrupts there were before it. */
  interrupts: number;
}

/** One execution of a cell, from its request on; callbacks that it leaves behind still belong to it. */
export class Execution implements Readonly<ExecutionOptions> {
  readonly number!: number;
  readonly parent!: Header;
  readonly idents!: Uint8Array[];
  readonly cell!: CellRef;
  readonly source!: string;
  readonly silent!: boolean;
  readonly counts!: boolean;
  readonly allowStdin!: boolean;
  readonly interrupts!: number;
  /** Set once it was interrupted: its code must not go on. */
  stopped: Interrupted | null = null;
  /** Pages for the front end's pager, sent with the reply. */
  readonly payload: Record<string, unknown>[] = [];

  constructor(options: ExecutionOptions) {
    Object.assign(this, options);
  }

  /** Name of its source in stack traces. */
  get fileName(): string {
    return this.counts ? `cell-${this.cell.executionCount}.ts` : `uncounted-${this.number}.ts`;
  }

  stop(): Interrupted {
    return (this.stopped ??= new Interrupted());
  }
}
