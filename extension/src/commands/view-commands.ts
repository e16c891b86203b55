import { copyAs, copyName } from './copy';
import { revealCell } from '../notebook/reveal-cell';
import { cellOf, firstOrigin, hasProblems, hasSamples, nameOf, selectNeighbour, toggleGroup } from './selection';
import { CommandIDs } from './ids';
import type { IViewCommand } from './view-command';

/**
 * Everything that can be done in a view without arguments, in the order of the palette. A new one needs only a line
 * here.
 */
export const VIEW_COMMANDS: readonly IViewCommand[] = [
  {
    id: CommandIDs.fit,
    icon: 'fit',
    label: (trans) => trans.__('Fit Graph to View'),
    execute: ({ panel }) => panel.fit(),
  },
  {
    id: CommandIDs.tidy,
    icon: 'tidy',
    label: (trans) => trans.__('Reset Layout'),
    execute: ({ panel }) => panel.tidy(),
  },
  {
    id: CommandIDs.find,
    icon: 'search',
    label: (trans) => trans.__('Find Steps'),
    execute: ({ panel }) => panel.find(),
  },
  {
    id: CommandIDs.toggleLineage,
    icon: 'lineage',
    label: (trans) => trans.__('Show Only the Lineage of the Selection'),
    execute: ({ model: { ui } }) => (ui.lineage = !ui.lineage),
    isToggled: ({ model }) => model.ui.lineage,
  },
  {
    id: CommandIDs.toggleHistory,
    icon: 'history',
    label: (trans) => trans.__('Show Outdated Steps'),
    execute: ({ model: { graph } }) => (graph.showSuperseded = !graph.showSuperseded),
    isToggled: ({ model }) => model.graph.showSuperseded,
  },
  {
    id: CommandIDs.toggleGroup,
    icon: 'group',
    label: (trans) => trans.__('Collapse or Expand Group'),
    execute: ({ model }) => toggleGroup(model),
    isOffered: ({ model }) => model.graph.groupOf(model.ui.selected ?? '') !== undefined,
  },
  {
    id: CommandIDs.selectNext,
    icon: 'next',
    label: (trans) => trans.__('Select Next Step'),
    execute: ({ model }) => selectNeighbour(model, 1),
  },
  {
    id: CommandIDs.selectPrevious,
    icon: 'previous',
    label: (trans) => trans.__('Select Previous Step'),
    execute: ({ model }) => selectNeighbour(model, -1),
  },
  {
    id: CommandIDs.traceItem,
    icon: 'trace',
    label: (trans) => trans.__('Trace a Sample'),
    execute: ({ model }) => model.ui.trace(model.ui.traced === null ? firstOrigin(model) : null),
    isToggled: ({ model }) => model.ui.traced !== null,
    isOffered: ({ model }) => model.ui.traced !== null || hasSamples(model),
  },
  {
    id: CommandIDs.showProblems,
    icon: 'page',
    label: (trans) => trans.__('Show Problems'),
    execute: ({ model }) => (model.ui.tab = 'problems'),
    isOffered: ({ model }) => hasProblems(model),
  },
  {
    id: CommandIDs.copyName,
    icon: 'copy',
    label: (trans) => trans.__('Copy Name'),
    execute: ({ model }, trans) => copyName(nameOf(model), trans),
    isOffered: ({ model }) => nameOf(model) !== '',
  },
  {
    id: CommandIDs.showLegend,
    icon: 'help',
    label: (trans) => trans.__('Show Legend and Keys'),
    execute: ({ panel }) => panel.showLegend(),
  },
  {
    id: CommandIDs.revealCell,
    icon: 'jump',
    label: (trans) => trans.__('Go to Cell of Selected Step'),
    execute: ({ model, notebook }) => {
      const cell = cellOf(model);
      return notebook && cell ? revealCell(notebook, cell) : false;
    },
  },
  {
    id: CommandIDs.toggleCells,
    icon: 'cells',
    label: (trans) => trans.__('Group by Cell'),
    execute: ({ choices, choose }) => choose({ groupCells: !choices.groupCells }),
    isToggled: ({ choices }) => choices.groupCells,
  },
  {
    id: CommandIDs.toggleOrientation,
    icon: 'flow',
    label: (trans) => trans.__('Horizontal Layout'),
    execute: ({ choices, choose }) => choose({ orientation: choices.orientation === 'down' ? 'right' : 'down' }),
    isToggled: ({ choices }) => choices.orientation === 'right',
    isOffered: ({ choices, panel }) => choices.orientation === 'right' || panel.isWide,
  },
  {
    id: CommandIDs.toggleLive,
    icon: 'pause',
    label: (trans) => trans.__('Live Updates'),
    execute: ({ choices, choose }) => choose({ live: !choices.live }),
    isToggled: ({ choices }) => choices.live,
  },
  {
    id: CommandIDs.copySvg,
    icon: 'copy',
    label: (trans) => trans.__('Copy Graph as SVG'),
    execute: ({ panel }, trans) => copyAs(() => panel.svg(), trans),
  },
  {
    id: CommandIDs.copyPng,
    icon: 'copy',
    label: (trans) => trans.__('Copy Graph as PNG'),
    execute: ({ panel }, trans) => copyAs(() => panel.picture(), trans),
  },
  {
    id: CommandIDs.copyMermaid,
    icon: 'copy',
    label: (trans) => trans.__('Copy Graph as Mermaid'),
    execute: ({ panel }, trans) => copyAs(() => panel.mermaid(), trans),
  },
];
