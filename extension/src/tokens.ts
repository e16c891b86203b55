import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { NotebookProvenance } from './lab/notebook-provenance';

/** The provenance of the open notebooks. */
export interface IProvenance {
  /** Of the notebook that was last in focus; null before the first and after it was closed. */
  readonly current: NotebookProvenance | null;
  readonly currentChanged: ISignal<IProvenance, NotebookProvenance | null>;
  /** How many notebooks are followed. */
  readonly size: number;
}

export const IProvenance = new Token<IProvenance>(
  'jupyterlab-stemma:IProvenance',
  'The provenance that the kernels of the open notebooks record.',
);
