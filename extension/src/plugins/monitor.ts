import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';
import { CommandSet } from '../commands/command-set';
import { CommandIDs } from '../commands/ids';
import { startMonitor } from '../commands/start-monitor';
import { IProvenance } from '../host/tokens';
import { actionIcon } from '../lab/icon';

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
    const commands = new CommandSet(app, palette, translator);
    const { trans } = commands;
    commands.add(CommandIDs.startMonitor, {
      label: trans.__('Open Monitor in Browser'),
      icon: actionIcon('page'),
      caption: trans.__('Start a monitor in the kernel: a web page, a REST API and metrics'),
      isEnabled: () => provenance.current?.records === true,
      execute: async () => {
        const kernel = provenance.current?.panel.sessionContext.session?.kernel;
        return kernel ? startMonitor(kernel, trans) : null;
      },
    });
    provenance.currentChanged.connect(() => commands.notifyChanged(CommandIDs.startMonitor));
  },
};
