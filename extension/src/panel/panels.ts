import { type ILabShell, type ILayoutRestorer, type JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget, WidgetTracker } from '@jupyterlab/apputils';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { Choices } from 'stemma-views';
import type { CommandSet } from '../commands/command-set';
import { CommandIDs } from '../commands/ids';
import type { IProvenance, IProvenancePanels } from '../host/tokens';
import { stemmaIcon } from '../lab/icon';
import { keysOf } from './keys-of';
import { moreMenu } from './more-menu';
import { PANEL_ID, ProvenancePanel } from './panel-widget';
import { revealCell } from '../notebook/reveal-cell';
import { SettingsLink } from '../host/settings-link';
import type { IShownView } from '../host/shown-views';

/** What {@link Panels} are made with. */
export interface IPanelsOptions {
  app: JupyterFrontEnd;
  provenance: IProvenance;
  commands: CommandSet;
  /** Null in Notebook 7. */
  labShell: ILabShell | null;
  restorer: ILayoutRestorer | null;
}

/**
 * The side panel, the same as a tab, and the commands that show them.
 *
 * Life cycle: lives as long as the application.
 */
export class Panels implements IProvenancePanels {
  constructor(private readonly _options: IPanelsOptions) {
    const { app, commands, provenance, restorer } = _options;
    this._menu = moreMenu(app.commands, commands.trans);
    this._settings = new SettingsLink(provenance.host.preferences, null);
    provenance.host.shown.openMenu = (x, y) => this._menu.open(x, y);
    this.side = this._make(PANEL_ID);
    this._place('right');
    restorer?.add(this.side, PANEL_ID);
    void restorer?.restore(this._tabs, { command: CommandIDs.openTab, name: () => 'tab' });
    this._addCommands();
  }

  readonly side: ProvenancePanel;

  get current(): IShownView {
    return this._options.provenance.host.shown.current ?? this.side;
  }

  choose(choices: Partial<Choices>): void {
    this._settings.choose(choices);
  }

  /** Keep what a person chooses in these settings, and stand on the side that they say. */
  follow(settings: ISettingRegistry.ISettings): void {
    this._settings = new SettingsLink(this._options.provenance.host.preferences, settings);
    const move = (): void => {
      const wanted = settings.composite['side'] === 'left' ? 'left' : 'right';
      if (wanted !== this._area) {
        this._area = wanted;
        this._place(wanted);
      }
    };
    settings.changed.connect(move);
    move();
  }

  private _make(id: string): ProvenancePanel {
    const { app, commands, provenance } = this._options;
    const panel = new ProvenancePanel({
      id,
      provenance,
      trans: commands.trans,
      actions: (model) => ({
        revealCell: (cell, line) => revealCell(model.panel, cell, line),
        exportDocument: () => void app.commands.execute(CommandIDs.exportDocument),
        openMenu: (x, y) => this._menu.open(x, y),
        keys: () => keysOf(app.commands),
      }),
    });
    panel.disposed.connect(provenance.host.shown.add(panel));
    return panel;
  }

  private _place(area: string): void {
    this._options.app.shell.add(this.side, area, { rank: 700, type: 'Provenance' });
  }

  private _addCommands(): void {
    const { app, commands, labShell } = this._options;
    const { trans } = commands;
    commands.add(CommandIDs.showPanel, {
      icon: stemmaIcon,
      label: trans.__('Show Provenance'),
      caption: trans.__('Show where the data of the current notebook came from'),
      execute: () => {
        app.shell.activateById(PANEL_ID);
        this.side.focus();
      },
    });
    commands.add(CommandIDs.openTab, {
      icon: stemmaIcon,
      label: trans.__('Open Provenance in a Tab'),
      caption: trans.__('Open the same panel in the main area'),
      // Notebook 7 shows one widget, which is the notebook.
      isVisible: () => labShell !== null,
      execute: () => this._openTab(),
    });
  }

  private _openTab(): void {
    const { app, commands } = this._options;
    let tab = this._tabs.find(() => true);
    if (!tab) {
      tab = new MainAreaWidget({ content: this._make(`${PANEL_ID}-tab`) });
      tab.id = `${PANEL_ID}-main`;
      tab.title.label = commands.trans.__('Provenance');
      tab.title.icon = stemmaIcon;
      app.shell.add(tab, 'main', { mode: 'split-right' });
      void this._tabs.add(tab);
      this._makeRoom(tab);
    }
    app.shell.activateById(tab.id);
  }

  /** While the tab is there, the side panel does not show the same beside it. */
  private _makeRoom(tab: MainAreaWidget): void {
    const { labShell } = this._options;
    if (labShell && this.side.isVisible) {
      const area = this._area;
      labShell[area === 'left' ? 'collapseLeft' : 'collapseRight']();
      tab.disposed.connect(() => {
        if (area === 'left' ? labShell.leftCollapsed : labShell.rightCollapsed) {
          labShell[area === 'left' ? 'expandLeft' : 'expandRight']();
        }
      });
    }
  }

  private _area = 'right';
  private readonly _tabs = new WidgetTracker<MainAreaWidget<ProvenancePanel>>({ namespace: 'stemma-tabs' });
  private readonly _menu: ReturnType<typeof moreMenu>;
  private _settings: SettingsLink;
}
