import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';
import { TABS, tabsOf } from 'stemma-views';
import { COLORS } from '../commands/colors';
import { CommandSet } from '../commands/command-set';
import { CommandIDs } from '../commands/ids';
import { selectActiveCell } from '../commands/selection';
import type { IViewTarget } from '../commands/view-command';
import { VIEW_COMMANDS } from '../commands/view-commands';
import { actionIcon, stemmaIcon } from '../lab/icon';
import { IProvenance, IProvenancePanels } from '../host/tokens';

/** Everything that can be done in a panel, as commands: for the palette, menus and shortcuts. */
export const commandsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-stemma:commands',
  description: 'Commands of the provenance panel.',
  autoStart: true,
  requires: [IProvenance, IProvenancePanels],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    provenance: IProvenance,
    panels: IProvenancePanels,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
  ) => {
    const commands = new CommandSet(app, palette, translator);
    const target = (): IViewTarget | null => targetOf(provenance, panels);
    addViewCommands(commands, target);
    addColors(commands, provenance, panels);
    addTabs(commands, target);
    addShowCell(commands, provenance, app);
  },
};

/** What commands act on now; null while no view is on the page. */
function targetOf(provenance: IProvenance, panels: IProvenancePanels): IViewTarget | null {
  const { view, notebook } = panels.current;
  const choices = provenance.host.preferences.current;
  return view && { panel: view.panel, model: view.model, notebook, choices, choose: (some) => panels.choose(some) };
}

const hasDocument = (target: IViewTarget | null): boolean => target?.model.store.isEmpty === false;

function addViewCommands(commands: CommandSet, current: () => IViewTarget | null): void {
  const { trans } = commands;
  for (const { id, label, icon, execute, isToggled, isOffered } of VIEW_COMMANDS) {
    commands.add(id, {
      label: label(trans),
      icon: actionIcon(icon),
      isEnabled: () => hasDocument(current()),
      ...(isOffered && {
        isVisible: () => {
          const target = current();
          return target !== null && isOffered(target);
        },
      }),
      execute: () => {
        const target = current();
        return target && execute(target, trans);
      },
      ...(isToggled && {
        isToggleable: true,
        isToggled: () => {
          const target = current();
          return target !== null && isToggled(target);
        },
      }),
    });
  }
}

function addColors(commands: CommandSet, { host }: IProvenance, panels: IProvenancePanels): void {
  const { trans } = commands;
  const values = COLORS.map(({ by }) => by);
  const colorOf = (args: { by?: unknown }) => COLORS.find(({ by }) => by === args.by) ?? COLORS[0]!;
  commands.add(CommandIDs.colorBy, {
    icon: actionIcon('color'),
    label: (args) => {
      const name = colorOf(args).label(trans);
      return args['isPalette'] === true ? trans.__('Color Graph by %1', name) : name;
    },
    arguments: { by: values },
    palette: values.map((by) => ({ by, isPalette: true })),
    isToggled: (args) => host.preferences.current.colorBy === colorOf(args).by,
    execute: (args) => panels.choose({ colorBy: colorOf(args).by }),
  });
}

function addTabs(commands: CommandSet, current: () => IViewTarget | null): void {
  const { trans } = commands;
  const values = TABS.map(({ id }) => id);
  const tabOf = (args: { tab?: unknown }) => TABS.find(({ id }) => id === args.tab) ?? TABS[0]!;
  commands.add(CommandIDs.showTab, {
    label: (args) => trans.__('Show %1', tabOf(args).title(trans)),
    icon: actionIcon('page'),
    arguments: { tab: values },
    palette: values.map((tab) => ({ tab })),
    isEnabled: (args) => isThere(tabOf(args).id, current()),
    isToggled: (args) => current()?.model.ui.tab === tabOf(args).id,
    execute: (args) => {
      const target = current();
      if (target) {
        target.model.ui.tab = tabOf(args).id;
      }
    },
  });
}

/** A comparison has tabs of its own. */
function isThere(tab: string, target: IViewTarget | null): boolean {
  const { comparison = null } = target?.model ?? {};
  return hasDocument(target) && tabsOf({ comparison, lead: 'graph' }).some(({ id }) => id === tab);
}

function addShowCell(commands: CommandSet, provenance: IProvenance, app: JupyterFrontEnd): void {
  commands.add(CommandIDs.showCell, {
    icon: stemmaIcon,
    label: commands.trans.__('Show Provenance of This Cell'),
    palette: [],
    isVisible: () => provenance.current?.records === true,
    execute: async () => {
      await app.commands.execute(CommandIDs.showPanel);
      if (provenance.current) {
        selectActiveCell(provenance.current);
      }
    },
  });
}
