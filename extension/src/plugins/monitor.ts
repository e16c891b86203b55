import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { CommandIDs } from '../commands/ids';
import { actionIcon } from '../lab/icon';
import { PACKAGE } from '../lab/names';
import { startMonitor } from '../lab/start-monitor';
import { IProvenance } from '../tokens';

/** The command that lets the current notebook be watched outside of JupyterLab. */
export const monitorPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-stemma:monitor',
  description: 'Starts a monitor in the kernel of the current notebook.',
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
    app.commands.addCommand(CommandIDs.startMonitor, {
      label: trans.__('Open Monitor in Browser'),
      icon: actionIcon('page'),
      caption: trans.__('Start a monitor in the kernel: a web page, a REST API and metrics'),
      describedBy: { args: { type: 'object', properties: {} } },
      isEnabled: () => provenance.current?.records === true,
      execute: async () => {
        const kernel = provenance.current?.panel.sessionContext.session?.kernel;
        return kernel ? startMonitor(kernel, trans) : null;
      },
    });
    provenance.currentChanged.connect(() => app.commands.notifyCommandChanged(CommandIDs.startMonitor));
    palette?.addItem({ command: CommandIDs.startMonitor, category: trans.__('Provenance') });
  },
};
