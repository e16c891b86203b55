import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { downloadIcon } from '@jupyterlab/ui-components';
import { CommandIDs } from '../commands/ids';
import { exportDocument } from '../lab/export';
import { PACKAGE } from '../lab/names';
import { IProvenance } from '../tokens';

/** The command that writes the provenance of the current notebook beside it. */
export const exportPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-stemma:export',
  description: 'Exports the provenance of the current notebook as JSON.',
  autoStart: true,
  requires: [IProvenance],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    provenance: IProvenance,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
  ) => {
    const trans = (translator ?? nullTranslator).load(PACKAGE);
    app.commands.addCommand(CommandIDs.exportDocument, {
      label: trans.__('Export Provenance as JSON'),
      caption: trans.__('Write everything that was recorded, including samples, to a file next to the notebook'),
      icon: downloadIcon,
      describedBy: { args: { type: 'object', properties: {} } },
      isEnabled: () => {
        const { current } = provenance;
        // A panel that was not shown yet knows nothing, where the kernel does.
        return current !== null && (current.records || !current.store.isEmpty);
      },
      execute: async () => {
        const model = provenance.current;
        return model ? exportDocument(model, app.serviceManager.contents, trans) : null;
      },
    });
    provenance.currentChanged.connect(() => app.commands.notifyCommandChanged(CommandIDs.exportDocument));
    palette?.addItem({ command: CommandIDs.exportDocument, category: trans.__('Provenance') });
  },
};
