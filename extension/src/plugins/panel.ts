import { ILabShell, ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, MainAreaWidget, WidgetTracker } from '@jupyterlab/apputils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { CommandIDs } from '../commands/ids';
import { openWhenRecording } from '../lab/auto-open';
import { stemmaIcon } from '../lab/icon';
import { PACKAGE } from '../lab/names';
import { moreMenu } from '../lab/more-menu';
import { PANEL_ID, ProvenancePanel } from '../lab/panel-widget';
import { revealCell } from '../lab/reveal-cell';
import { SettingsLink } from '../lab/settings-link';
import { shownViews } from '../lab/shown-views';
import { IProvenance, IProvenancePanels } from '../tokens';

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
    const trans = (translator ?? nullTranslator).load(PACKAGE);
    let settings = new SettingsLink(provenance.preferences, null);
    const menu = moreMenu(app.commands, trans);
    const make = (id: string): ProvenancePanel => {
      const panel = new ProvenancePanel({
        id,
        provenance,
        trans,
        actions: (model) => ({
          revealCell: (cell) => revealCell(model.panel, cell),
          exportDocument: () => void app.commands.execute(CommandIDs.exportDocument),
          openMenu: (x, y) => menu.open(x, y),
        }),
      });
      const forget = shownViews.add(panel);
      panel.disposed.connect(forget);
      return panel;
    };
    const side = make(PANEL_ID);
    shownViews.openMenu = (x, y) => menu.open(x, y);
    app.shell.add(side, 'right', { rank: 700, type: 'Provenance' });
    restorer?.add(side, PANEL_ID);

    const tabs = new WidgetTracker<MainAreaWidget<ProvenancePanel>>({ namespace: 'stemma-tabs' });
    void restorer?.restore(tabs, { command: CommandIDs.openTab, name: () => 'tab' });
    const args = { args: { type: 'object', properties: {} } } as const;
    app.commands.addCommand(CommandIDs.showPanel, {
      label: trans.__('Show Provenance'),
      caption: trans.__('Show where the data of the current notebook came from'),
      icon: stemmaIcon,
      describedBy: args,
      execute: () => {
        app.shell.activateById(PANEL_ID);
        side.focus();
      },
    });
    app.commands.addCommand(CommandIDs.openTab, {
      label: trans.__('Open Provenance in a Tab'),
      caption: trans.__('Open the same panel in the main area'),
      icon: stemmaIcon,
      describedBy: args,
      // Notebook 7 has room for one widget, which is the notebook.
      isVisible: () => labShell !== null,
      execute: () => {
        let tab = tabs.find(() => true);
        if (!tab) {
          tab = new MainAreaWidget({ content: make(`${PANEL_ID}-tab`) });
          tab.id = `${PANEL_ID}-main`;
          tab.title.label = trans.__('Provenance');
          tab.title.icon = stemmaIcon;
          app.shell.add(tab, 'main', { mode: 'split-right' });
          void tabs.add(tab);
        }
        app.shell.activateById(tab.id);
      },
    });
    for (const command of [CommandIDs.showPanel, CommandIDs.openTab]) {
      palette?.addItem({ command, category: trans.__('Provenance') });
    }

    void registry?.load(PLUGIN_ID).then((loaded) => {
      settings = new SettingsLink(provenance.preferences, loaded);
      let place = 'right';
      const move = (): void => {
        const wanted = loaded.composite['side'] === 'left' ? 'left' : 'right';
        if (wanted !== place) {
          place = wanted;
          app.shell.add(side, place, { rank: 700, type: 'Provenance' });
        }
      };
      loaded.changed.connect(move);
      move();
    });
    if (labShell && registry) {
      void openWhenRecording({ app, labShell, panel: side, provenance, settings: registry });
    }
    return {
      get current() {
        return shownViews.current ?? side;
      },
      choose: (choices) => settings.choose(choices),
    };
  },
};
