import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { TABS } from 'stemma-views';
import { COLORS } from '../commands/colors';
import { CommandIDs } from '../commands/ids';
import { selectActiveCell } from '../commands/selection';
import type { IViewTarget } from '../commands/view-command';
import { VIEW_COMMANDS } from '../commands/view-commands';
import { actionIcon, stemmaIcon } from '../lab/icon';
import { PACKAGE } from '../lab/names';
import { IProvenance, IProvenancePanels } from '../tokens';

const NO_ARGS = { args: { type: 'object', properties: {} } } as const;

/** The schema of an argument that is one of these. */
const oneOf = (name: string, values: readonly string[]) => ({
  args: { type: 'object', properties: { [name]: { type: 'string', enum: [...values] } } },
});

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
    const registration = { app, provenance, panels, palette, trans: (translator ?? nullTranslator).load(PACKAGE) };
    addViewCommands(registration);
    addColors(registration);
    addTabs(registration);
    addShowCell(registration);
  },
};

/** What the commands are registered with. */
interface IRegistration {
  app: JupyterFrontEnd;
  provenance: IProvenance;
  panels: IProvenancePanels;
  palette: ICommandPalette | null;
  trans: ReturnType<ITranslator['load']>;
}

/** What commands act on now; null while no view is on the page. */
function targetOf({ provenance, panels }: IRegistration): IViewTarget | null {
  const { view, notebook } = panels.current;
  const choices = provenance.host.preferences.current;
  return view && { panel: view.panel, model: view.model, notebook, choices, choose: (some) => panels.choose(some) };
}

const hasDocument = (registration: IRegistration): boolean => targetOf(registration)?.model.store.isEmpty === false;

function addViewCommands(registration: IRegistration): void {
  const { app, palette, trans } = registration;
  for (const { id, label, icon, execute, isToggled } of VIEW_COMMANDS) {
    app.commands.addCommand(id, {
      label: label(trans),
      icon: actionIcon(icon),
      describedBy: NO_ARGS,
      isEnabled: () => hasDocument(registration),
      execute: () => {
        const target = targetOf(registration);
        return target && execute(target, trans);
      },
      ...(isToggled && {
        isToggleable: true,
        isToggled: () => {
          const target = targetOf(registration);
          return target !== null && isToggled(target);
        },
      }),
    });
    palette?.addItem({ command: id, category: trans.__('Provenance') });
  }
}

function addColors({ app, provenance, panels, palette, trans }: IRegistration): void {
  const colorOf = (args: { by?: unknown }) => COLORS.find(({ by }) => by === args.by) ?? COLORS[0]!;
  app.commands.addCommand(CommandIDs.colorBy, {
    icon: actionIcon('color'),
    label: (args) => {
      const name = colorOf(args).label(trans);
      return args['isPalette'] === true ? trans.__('Color Graph by %1', name) : name;
    },
    describedBy: oneOf(
      'by',
      COLORS.map(({ by }) => by),
    ),
    isToggled: (args) => provenance.host.preferences.current.colorBy === colorOf(args).by,
    execute: (args) => panels.choose({ colorBy: colorOf(args).by }),
  });
  for (const { by } of COLORS) {
    palette?.addItem({ command: CommandIDs.colorBy, category: trans.__('Provenance'), args: { by, isPalette: true } });
  }
}

function addTabs(registration: IRegistration): void {
  const { app, palette, trans } = registration;
  const tabOf = (args: { tab?: unknown }) => TABS.find(({ id }) => id === args.tab) ?? TABS[0]!;
  app.commands.addCommand(CommandIDs.showTab, {
    label: (args) => trans.__('Show %1', tabOf(args).title(trans)),
    icon: actionIcon('page'),
    describedBy: oneOf(
      'tab',
      TABS.map(({ id }) => id),
    ),
    isEnabled: () => hasDocument(registration),
    isToggled: (args) => targetOf(registration)?.model.ui.tab === tabOf(args).id,
    execute: (args) => {
      const target = targetOf(registration);
      if (target) {
        target.model.ui.tab = tabOf(args).id;
      }
    },
  });
  for (const { id } of TABS) {
    palette?.addItem({ command: CommandIDs.showTab, category: trans.__('Provenance'), args: { tab: id } });
  }
}

function addShowCell({ app, provenance, trans }: IRegistration): void {
  app.commands.addCommand(CommandIDs.showCell, {
    icon: stemmaIcon,
    label: trans.__('Show Provenance of This Cell'),
    describedBy: NO_ARGS,
    isVisible: () => provenance.current?.records === true,
    execute: async () => {
      await app.commands.execute(CommandIDs.showPanel);
      if (provenance.current) {
        selectActiveCell(provenance.current);
      }
    },
  });
}
