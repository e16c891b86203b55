import type { NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { interrupted } from 'stemma-document';
import { type Connection, isDocument, type ProvenanceStore } from 'stemma-views';
import { lastHeard } from './last-heard';
import { MIME_TYPE } from '../lab/names';

/** The kernel's process is gone, or about to go. */
const GONE: ReadonlySet<Connection['state']> = new Set(['restarting', 'dead', 'no-kernel', 'unsupported']);

/**
 * Ends runs in the outputs of a notebook whose kernel is gone. At a restart, JupyterLab forgets which outputs updates
 * belong to: the kernel's last message gets lost, and the notebook would show the run as running forever.
 *
 * Outputs are settled when the kernel that was followed ends, and before the notebook is saved. Opening a notebook
 * alone changes nothing in it.
 */
export class OutputSettler {
  constructor(
    private readonly _panel: NotebookPanel,
    private readonly _store: ProvenanceStore,
  ) {
    this._stop = _store.changed.on(({ connection, topology }) => {
      if (connection || topology) {
        this._later();
      }
    });
    _panel.context.saveState.connect(this._onSave, this);
  }

  dispose(): void {
    this._stop();
    Signal.clearData(this);
  }

  /** Once a message is taken whole: a kernel is connected a moment before its document is there. */
  private _later(): void {
    queueMicrotask(() => {
      if (this._panel.isDisposed) {
        return;
      }
      const { connection, session, isStale } = this._store;
      if (this._had && GONE.has(connection.state)) {
        this._had = false;
        this._settle(() => true);
      } else if (connection.state === 'live') {
        const before = this._followed;
        this._had = true;
        this._followed = isStale ? null : (session?.id ?? null);
        if (before !== null && before !== this._followed) {
          this._settle((id) => id === before);
        }
      } else if (connection.state === 'connecting') {
        this._had = true;
      }
    });
  }

  private _onSave(_: unknown, state: string): void {
    const { connection, session, isStale } = this._store;
    if (state === 'started' && (connection.state === 'live' || GONE.has(connection.state))) {
      const living = connection.state === 'live' && !isStale ? session?.id : undefined;
      this._settle((id) => id !== living);
    }
  }

  private _settle(isOver: (session: string) => boolean): void {
    for (const cell of this._panel.model?.cells ?? []) {
      if (cell.type === 'code') {
        settleCell(cell as unknown as CodeCell, isOver, this._store);
      }
    }
  }

  private readonly _stop: () => void;
  /** Id of the session that the kernel last sent. */
  private _followed: string | null = null;
  /** A kernel was there. */
  private _had = false;
}

/** The part of JupyterLab's model of a code cell that is needed here. */
interface CodeCell {
  readonly outputs: {
    readonly length: number;
    get(index: number): { toJSON(): Output };
    set(index: number, output: Output): void;
  };
}

interface Output {
  output_type: string;
  data?: { [MIME_TYPE]?: unknown };
  metadata?: { [MIME_TYPE]?: { whole?: unknown } };
}

function settleCell({ outputs }: CodeCell, isOver: (session: string) => boolean, store: ProvenanceStore): void {
  for (let index = 0; index < outputs.length; index++) {
    const output = outputs.get(index).toJSON();
    const saved = output.data?.[MIME_TYPE];
    if (!isDocument(saved) || !isOver(saved.session.id)) {
      continue;
    }
    const known = lastHeard(store, saved, output.metadata?.[MIME_TYPE]?.whole === true);
    const settled = interrupted(known);
    if (settled !== known) {
      outputs.set(index, { ...output, data: { ...output.data, [MIME_TYPE]: settled } });
    }
  }
}
