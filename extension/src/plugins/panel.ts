import { ILabShell, ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { CommandIDs } from '../commands';
import { openWhenRecording } from '../lab/auto-open';
import { stemmaIcon } from '../lab/icon';
import { PACKAGE } from '../lab/names';
import { PANEL_ID, ProvenancePanel } from '../lab/panel-widget';
import { revealCell } from '../lab/reveal-cell';
import { IProvenance } from '../tokens';

/** The side panel, the command that shows it, and opening it by itself the first time. */
export const panelPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-stemma:plugin',
  description: 'A side panel with the provenance of the current notebook, live.',
  autoStart: true,
  requires: [IProvenance],
  optional: [ILabShell, ILayoutRestorer, ICommandPalette, ISettingRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    provenance: IProvenance,
    labShell: ILabShell | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    settings: ISettingRegistry | null,
    translator: ITranslator | null,
  ) => {
    const trans = (translator ?? nullTranslator).load(PACKAGE);
    const panel = new ProvenancePanel({
      provenance,
      trans,
      actions: (model) => ({
        revealCell: (cell) => revealCell(model.panel, cell),
        exportDocument: () => void app.commands.execute(CommandIDs.exportDocument),
      }),
    });
    app.shell.add(panel, 'right', { rank: 700, type: 'Provenance' });
    restorer?.add(panel, PANEL_ID);

    app.commands.addCommand(CommandIDs.showPanel, {
      label: trans.__('Show Provenance'),
      caption: trans.__('Show where each value of the current notebook comes from'),
      icon: stemmaIcon,
      describedBy: { args: { type: 'object', properties: {} } },
      execute: () => app.shell.activateById(PANEL_ID),
    });
    palette?.addItem({ command: CommandIDs.showPanel, category: trans.__('Provenance') });
    if (labShell && settings) {
      void openWhenRecording({ app, labShell, panel, provenance, settings });
    }
  },
};
