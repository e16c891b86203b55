import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { NotebookProvenance } from '../notebook/notebook-provenance';
import type { Choices } from 'stemma-views';
import type { ProvenanceHost } from './provenance-host';
import type { IShownView } from './shown-views';

/** The provenance of the open notebooks. */
export interface IProvenance {
  /** Of the notebook that was last in focus; null before the first and after it was closed. */
  readonly current: NotebookProvenance | null;
  readonly currentChanged: ISignal<IProvenance, NotebookProvenance | null>;
  /** What panels, outputs and files share. */
  readonly host: ProvenanceHost;
}

export const IProvenance = new Token<IProvenance>(
  'jupyterlab-stemma:IProvenance',
  'The provenance that the kernels of the open notebooks record.',
);

/** What shows provenance: the panels at the side and in the main area, outputs and files. */
export interface IProvenancePanels {
  /** The one that commands are about: where the focus was last. */
  readonly current: IShownView;
  /** Change a choice of the person, for good where there are settings. */
  choose(choices: Partial<Choices>): void;
}

export const IProvenancePanels = new Token<IProvenancePanels>(
  'jupyterlab-stemma:IProvenancePanels',
  'The panels that show provenance.',
);
