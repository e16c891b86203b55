import type { CellRef } from 'stemma-document';

/** How the page stands with the kernel of the notebook. */
export type Connection =
  | { state: 'no-kernel' }
  | { state: 'unsupported'; kernel: string }
  | { state: 'connecting' }
  | { state: 'live' }
  | { state: 'restarting' }
  | { state: 'disconnected' }
  | { state: 'dead' }
  | { state: 'refused'; reason: string }
  /** A document from a file or an output: there is no kernel to talk to. */
  | { state: 'saved' };

/** What the kernel is at, by its own clock. */
export interface KernelActivity {
  /** The cell that has been running for a while; null where none does. */
  cell: CellRef | null;
  busySinceMs: number | null;
  /** Since when nothing new can come, as the cell does not give the event loop back; null while patches flow. */
  blockedSinceMs: number | null;
}
