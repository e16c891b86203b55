import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ProvenanceService } from '../host/provenance-service';
import { IProvenance } from '../host/tokens';

/** Follows the kernels of the open notebooks. */
export const servicePlugin: JupyterFrontEndPlugin<IProvenance> = {
  id: 'jupyterlab-stemma:service',
  description: 'Follows what the kernels of the open notebooks record.',
  autoStart: true,
  requires: [INotebookTracker],
  provides: IProvenance,
  activate: (_, tracker: INotebookTracker) => new ProvenanceService(tracker),
};
