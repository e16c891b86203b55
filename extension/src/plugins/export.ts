import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { downloadIcon } from '@jupyterlab/ui-components';
import { EXPORTERS, type Exporter, exporterOf } from 'stemma-document';
import { CommandIDs } from '../commands/ids';
import { exportBeside } from '../lab/export';
import { PACKAGE } from '../lab/names';
import { IProvenance } from '../tokens';

/** The command that writes the provenance of the current notebook beside it, in the format of its arguments. */
export const exportPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-stemma:export',
  description: 'Exports the provenance of the current notebook.',
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
      label: (args) => trans.__('Export Provenance as %1', wanted(args).title),
      caption: trans.__('Write everything that was recorded, including samples, to a file next to the notebook'),
      icon: downloadIcon,
      describedBy: {
        args: { type: 'object', properties: { format: { type: 'string', enum: EXPORTERS.map(({ id }) => id) } } },
      },
      isEnabled: () => {
        const { current } = provenance;
        // A panel that was not shown yet knows nothing, where the kernel does.
        return current !== null && (current.records || !current.store.isEmpty);
      },
      execute: async (args) => {
        const model = provenance.current;
        return model ? exportBeside(model, wanted(args).id, app.serviceManager.contents, trans) : null;
      },
    });
    provenance.currentChanged.connect(() => app.commands.notifyCommandChanged(CommandIDs.exportDocument));
    for (const { id: format } of EXPORTERS) {
      palette?.addItem({ command: CommandIDs.exportDocument, category: trans.__('Provenance'), args: { format } });
    }
  },
};

/** JSON unless another format is asked for. */
function wanted({ format = 'json' }: { format?: unknown }): Exporter {
  return exporterOf(String(format));
}
