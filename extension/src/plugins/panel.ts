import { ILabShell, ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator } from '@jupyterlab/translation';
import { CommandSet } from '../commands/command-set';
import { openWhenRecording } from '../panel/auto-open';
import { Panels } from '../panel/panels';
import { IProvenance, IProvenancePanels } from '../host/tokens';

const PLUGIN_ID = 'jupyterlab-stemma:plugin';

/** The side panel, the same as a tab, the commands that show them, and opening by itself the first time. */
export const panelPlugin: JupyterFrontEndPlugin<IProvenancePanels> = {
  id: PLUGIN_ID,
  description: 'A side panel with the provenance of the current notebook, live.',
  autoStart: true,
  requires: [IProvenance],
  optional: [ILabShell, ILayoutRestorer, ICommandPalette, ISettingRegistry, ITranslator],
  provides: IProvenancePanels,
  activate: (
    app: JupyterFrontEnd,
    provenance: IProvenance,
    labShell: ILabShell | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    registry: ISettingRegistry | null,
    translator: ITranslator | null,
  ) => {
    const commands = new CommandSet(app, palette, translator);
    const panels = new Panels({ app, commands, provenance, labShell, restorer });
    void registry?.load(PLUGIN_ID).then((settings) => panels.follow(settings));
    if (labShell && registry) {
      void openWhenRecording({ app, labShell, panel: panels.side, provenance, settings: registry });
    }
    return panels;
  },
};
