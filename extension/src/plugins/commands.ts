import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { CommandIDs } from '../commands';
import { copyPicture, copyText } from '../lab/copy';
import { actionIcon, stemmaIcon } from '../lab/icon';
import { PACKAGE } from '../lab/names';
import type { NotebookProvenance } from '../lab/notebook-provenance';
import { revealCell } from '../lab/reveal-cell';
import type { ColorBy, DrawnNode, ProvenanceStore, Tab } from 'stemma-views';
import { IProvenance, IProvenancePanels } from '../tokens';

const NO_ARGS = { args: { type: 'object', properties: {} } } as const;
const TABS: readonly Tab[] = ['details', 'timings', 'problems', 'session'];
const COLORS: readonly ColorBy[] = ['state', 'time', 'items', 'problems'];

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
    const trans = (translator ?? nullTranslator).load(PACKAGE);
    const { commands } = app;
    const { preferences } = provenance;
    const view = () => panels.current.view;
    const model = () => view()?.model;
    const isShown = (): boolean => view() !== null && model()?.store.isEmpty === false;
    const add = (
      id: string,
      label: string,
      icon: Parameters<typeof actionIcon>[0],
      execute: () => unknown,
      isToggled?: () => boolean,
    ): void => {
      const toggle = isToggled ? { isToggled, isToggleable: true } : {};
      commands.addCommand(id, {
        label,
        icon: actionIcon(icon),
        describedBy: NO_ARGS,
        isEnabled: isShown,
        execute,
        ...toggle,
      });
      palette?.addItem({ command: id, category: trans.__('Provenance') });
    };
    const copy = async (what: () => Promise<'clipboard' | 'file' | void>): Promise<void> => {
      try {
        const place = await what();
        const said = place === 'file' ? trans.__('Graph downloaded') : trans.__('Graph copied to the clipboard');
        Notification.success(said, { autoClose: 3000 });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        Notification.error(trans.__('Could not copy the graph: %1', reason));
      }
    };

    add(CommandIDs.fit, trans.__('Fit Graph to View'), 'fit', () => view()?.panel.fit());
    add(CommandIDs.tidy, trans.__('Reset Layout'), 'tidy', () => view()?.panel.tidy());
    add(CommandIDs.find, trans.__('Find Steps'), 'search', () => view()?.panel.find());
    add(
      CommandIDs.toggleLineage,
      trans.__('Show Only the Lineage of the Selection'),
      'lineage',
      () => {
        const ui = model()?.ui;
        if (ui) {
          ui.lineage = !ui.lineage;
        }
      },
      () => model()?.ui.lineage === true,
    );
    add(
      CommandIDs.toggleHistory,
      trans.__('Show Outdated Steps'),
      'history',
      () => {
        const graph = model()?.graph;
        if (graph) {
          graph.showSuperseded = !graph.showSuperseded;
        }
      },
      () => model()?.graph.showSuperseded === true,
    );
    add(CommandIDs.toggleFold, trans.__('Collapse or Expand Group'), 'fold', () => {
      const { graph, ui } = model() ?? {};
      const fold = graph?.foldOf(ui?.selected ?? '');
      if (graph && ui && fold !== undefined) {
        const member = graph.node(fold)?.members[0] ?? null;
        graph.toggle(fold);
        ui.select(graph.isOpen(fold) ? member : fold);
      }
    });
    const step = (by: number): void => {
      const { graph, ui } = model() ?? {};
      if (graph && ui) {
        const at = graph.nodes.findIndex((node) => node.id === ui.selected);
        const next = graph.nodes[at < 0 && by < 0 ? graph.nodes.length - 1 : at + by];
        ui.select(next?.id ?? ui.selected);
      }
    };
    add(CommandIDs.selectNext, trans.__('Select Next Step'), 'next', () => step(1));
    add(CommandIDs.selectPrevious, trans.__('Select Previous Step'), 'previous', () => step(-1));
    add(
      CommandIDs.followItem,
      trans.__('Trace First Sample'),
      'follow',
      () => {
        const { store, ui, graph } = model() ?? {};
        if (store && ui && graph) {
          ui.follow(ui.followed === null ? firstOrigin(store, graph.node(ui.selected ?? '')) : null);
        }
      },
      () => typeof model()?.ui.followed === 'string',
    );
    add(CommandIDs.revealCell, trans.__('Go to Cell of Selected Step'), 'jump', () => {
      const { store, ui, graph } = model() ?? {};
      const { notebook } = panels.current;
      const member = graph?.node(ui?.selected ?? '')?.members[0] ?? '';
      const cell = (store?.processes.get(member) ?? store?.processes.get(store.artifacts.get(member)?.producer ?? ''))
        ?.cell;
      return notebook && cell ? revealCell(notebook, cell) : false;
    });
    add(
      CommandIDs.toggleCells,
      trans.__('Group by Cell'),
      'cells',
      () => panels.choose({ foldCells: !preferences.current.foldCells }),
      () => preferences.current.foldCells,
    );
    add(
      CommandIDs.toggleOrientation,
      trans.__('Horizontal Layout'),
      'flow',
      () => panels.choose({ orientation: preferences.current.orientation === 'down' ? 'right' : 'down' }),
      () => preferences.current.orientation === 'right',
    );
    add(
      CommandIDs.toggleLive,
      trans.__('Live Updates'),
      'pause',
      () => panels.choose({ live: !preferences.current.live }),
      () => preferences.current.live,
    );
    add(CommandIDs.copySvg, trans.__('Copy Graph as SVG'), 'copy', () =>
      copy(() => copyText(view()?.panel.svg() ?? '')),
    );
    add(CommandIDs.copyPng, trans.__('Copy Graph as PNG'), 'copy', () =>
      copy(async () => {
        const picture = view()?.panel.picture();
        return picture && copyPicture(picture, 'provenance.png');
      }),
    );
    add(CommandIDs.copyMermaid, trans.__('Copy Graph as Mermaid'), 'copy', () =>
      copy(() => copyText(view()?.panel.mermaid() ?? '')),
    );

    const colorNames: { readonly [by in ColorBy]: string } = {
      state: trans.__('State'),
      time: trans.__('Self Time'),
      items: trans.__('Items'),
      problems: trans.__('Problems'),
    };
    const colorOf = (args: { by?: unknown }): ColorBy => COLORS.find((by) => by === args.by) ?? 'state';
    commands.addCommand(CommandIDs.colorBy, {
      icon: actionIcon('color'),
      label: (args) =>
        args['isPalette'] === true
          ? trans.__('Color Graph by %1', colorNames[colorOf(args)])
          : colorNames[colorOf(args)],
      describedBy: { args: { type: 'object', properties: { by: { type: 'string', enum: [...COLORS] } } } },
      isToggled: (args) => preferences.current.colorBy === colorOf(args),
      execute: (args) => panels.choose({ colorBy: colorOf(args) }),
    });
    for (const by of COLORS) {
      palette?.addItem({
        command: CommandIDs.colorBy,
        category: trans.__('Provenance'),
        args: { by, isPalette: true },
      });
    }

    const tabNames: { readonly [tab in Tab]: string } = {
      details: trans.__('Details'),
      timings: trans.__('Timings'),
      problems: trans.__('Problems'),
      session: trans.__('Environment'),
    };
    const tabOf = (args: { tab?: unknown }): Tab => TABS.find((tab) => tab === args.tab) ?? 'details';
    commands.addCommand(CommandIDs.showTab, {
      label: (args) => trans.__('Show %1', tabNames[tabOf(args)]),
      icon: actionIcon('page'),
      describedBy: { args: { type: 'object', properties: { tab: { type: 'string', enum: [...TABS] } } } },
      isEnabled: isShown,
      isToggled: (args) => model()?.ui.tab === tabOf(args),
      execute: (args) => {
        const ui = model()?.ui;
        if (ui) {
          ui.tab = tabOf(args);
        }
      },
    });
    for (const tab of TABS) {
      palette?.addItem({ command: CommandIDs.showTab, category: trans.__('Provenance'), args: { tab } });
    }

    commands.addCommand(CommandIDs.showCell, {
      icon: stemmaIcon,
      label: trans.__('Show Provenance of This Cell'),
      describedBy: NO_ARGS,
      isVisible: () => provenance.current?.records === true,
      execute: async () => {
        await commands.execute(CommandIDs.showPanel);
        const { current } = provenance;
        if (current && !selectCell(current)) {
          // A panel that was hidden gets its picture only now.
          const stop = current.store.changed.on(({ topology }) => {
            if (topology) {
              stop();
              current.graph.refresh();
              selectCell(current);
            }
          });
        }
      },
    });
  },
};

/** Select what the active cell made last. False where nothing of it is known. */
function selectCell({ store, graph, ui }: NotebookProvenance): boolean {
  const made = [...store.processes.values()].filter(
    (process) => !process.superseded && process.cell?.id === ui.activeCell,
  );
  ui.select(graph.drawnFor(made.at(-1)?.id ?? '')?.id ?? null);
  return made.length > 0;
}

/** Of the samples on show of a node, the origin of the first that was kept at every step; else of the first. */
function firstOrigin(store: ProvenanceStore, node: DrawnNode | undefined): string | null {
  const outputs = (node?.members ?? []).flatMap((id) => [id, ...(store.processes.get(id)?.outputs ?? [])]);
  const samples = outputs.flatMap((id) => store.samples.get(id) ?? []);
  return (samples.find((sample) => sample.followed) ?? samples[0])?.origins[0] ?? null;
}
