import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';
import { downloadIcon } from '@jupyterlab/ui-components';
import { EXPORTERS, type Exporter, exporterOf } from 'stemma-document';
import { CommandSet } from '../commands/command-set';
import { exportBeside } from '../commands/export';
import { CommandIDs } from '../commands/ids';
import { IProvenance } from '../host/tokens';

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
    const commands = new CommandSet(app, palette, translator);
    const { trans } = commands;
    const formats = EXPORTERS.map(({ id }) => id);
    commands.add(CommandIDs.exportDocument, {
      label: (args) => trans.__('Export Provenance as %1', wanted(args).title),
      caption: trans.__('Write everything that was recorded, including samples, to a file next to the notebook'),
      icon: downloadIcon,
      arguments: { format: formats },
      palette: formats.map((format) => ({ format })),
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
    provenance.currentChanged.connect(() => commands.notifyChanged(CommandIDs.exportDocument));
  },
};

/** JSON unless another format is asked for. */
function wanted({ format = 'json' }: { format?: unknown }): Exporter {
  return exporterOf(String(format));
}
