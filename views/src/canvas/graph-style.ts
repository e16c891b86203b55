import type { EdgeSingular, StylesheetJson } from 'cytoscape';
import { SIZE } from '../graph/geometry';
import { BOX, FONT } from '../graph/node-box';
import type { Orientation } from '../graph/orientation';
import type { KnownState } from 'stemma-document';
import { MATCH_PATHS, STATE_PATHS } from '../elements/icons';
import { type Match, MATCHES } from '../model/comparison';
import { MIN_FONT } from './text-scale';
import { mix, shadeColors, type Theme } from './theme';

/** Rules of cytoscape, from the general to the particular. */
type Rules = readonly { selector: string; style: object }[];

/**
 * The style sheet of the canvas in a theme. Processes are rounded boxes, streams circles, values diamonds; each state
 * has a colour and an icon. `textScale`: by how much text is larger than usual, because the graph is seen from afar.
 */
export function graphStyle(theme: Theme, orientation: Orientation, textScale = 1): StylesheetJson {
  return [
    ...nodeRules(theme),
    ...artifactRules(theme, orientation),
    frameRule(theme),
    GROUP_RULE,
    LONG_RULE,
    ...(Object.keys(STATE_PATHS) as KnownState[]).flatMap((state) => stateRules(state, theme)),
    ...shadeRules(theme),
    ...MATCHES.flatMap((match) => matchRules(match, theme)),
    ...edgeRules(theme, orientation),
    ...(textScale > 1 ? farRules(textScale, orientation) : []),
    ...markRules(theme),
  ] as StylesheetJson;
}

const nodeRules = (theme: Theme): Rules => [
  {
    selector: 'node',
    style: {
      label: 'data(label)',
      'font-family': theme.font,
      color: theme.text,
      'text-wrap': 'ellipsis',
      'overlay-opacity': 0,
      'border-color': theme.border,
      'border-width': 1,
      'background-color': theme.surface,
    },
  },
  {
    selector: 'node.process',
    style: {
      shape: 'round-rectangle',
      width: 'data(width)',
      height: SIZE.processHeight,
      'font-size': FONT.process,
      'text-valign': 'center',
      'text-halign': 'center',
      'text-margin-x': 8,
      'text-max-width': `${BOX.maxWidth}px`,
      'background-width': '12px',
      'background-height': '12px',
      'background-position-x': '9px',
      'background-position-y': '50%',
    },
  },
];

const artifactRules = (theme: Theme, orientation: Orientation): Rules => [
  {
    selector: 'node.artifact',
    style: {
      shape: 'ellipse',
      width: 10,
      height: 10,
      'font-size': FONT.artifact,
      color: theme.muted,
      'background-color': theme.background,
      'border-width': 1.5,
      'border-color': theme.muted,
      'text-valign': orientation === 'down' ? 'center' : 'top',
      'text-halign': 'right',
      'text-margin-x': BOX.toText - 5,
      'text-margin-y': orientation === 'down' ? 0 : 1,
      'text-max-width': 'data(width)',
      'text-background-color': theme.background,
      'text-background-opacity': 1,
      'text-background-padding': '1px',
    },
  },
  {
    selector: 'node.value',
    style: { shape: 'diamond', width: 14, height: 14 },
  },
];

/** Labels that are too long for one line. */
const LONG_RULE = {
  selector: 'node.long',
  style: { 'font-size': FONT.long, 'line-height': 1.05, 'text-wrap': 'wrap' },
};

/** Seen from afar, text keeps its size on the screen, in one line; where even a box is lower than that, it goes. */
const farRules = (scale: number, orientation: Orientation): Rules => [
  { selector: 'node', style: { 'min-zoomed-font-size': MIN_FONT - 0.5 } },
  {
    selector: 'node.process',
    style: {
      'font-size': Math.min(FONT.process * scale, BOX.height - 4),
      'text-wrap': 'ellipsis',
      'text-max-width': 'data(room)',
    },
  },
  { selector: 'node.artifact', style: { 'font-size': Math.min(FONT.artifact * scale, BOX.height - 4) } },
  {
    selector: 'edge[loss]',
    style: {
      'font-size': Math.min(FONT.artifact * scale, BOX.height - 4),
      'min-zoomed-font-size': MIN_FONT - 0.5,
      ...(orientation === 'down' && { 'text-margin-x': (edge: EdgeSingular) => edge.data('aside') * scale }),
    },
  },
];

const frameRule = (theme: Theme): Rules[number] => ({
  selector: 'node.frame',
  style: {
    shape: 'round-rectangle',
    width: 'data(width)',
    height: 'data(height)',
    padding: '6px',
    'background-opacity': 0,
    'border-style': 'dashed',
    'border-color': theme.faint,
    'z-compound-depth': 'bottom',
    events: 'no',
  },
});

/** cytoscape shares the drawing of nodes whose styles differ in the ghost alone, hence a border of its own. */
const GROUP_RULE = {
  selector: 'node.grouped',
  style: { ghost: 'yes', 'ghost-offset-x': 4, 'ghost-offset-y': -3.5, 'ghost-opacity': 0.5, 'border-width': 1.01 },
};

const shadeRules = (theme: Theme): Rules =>
  shadeColors(theme).map((color, shade) => ({
    selector: `node.shade${shade}`,
    style: { 'background-color': color, 'border-color': theme.border },
  }));

const edgeRules = (theme: Theme, orientation: Orientation): Rules => [
  {
    selector: 'edge',
    style: {
      width: 'data(width)',
      'line-color': theme.faint,
      'curve-style': 'bezier',
      'target-arrow-shape': 'none',
      'overlay-opacity': 0,
    },
  },
  {
    selector: 'edge.lane',
    style: {
      'curve-style': 'round-segments',
      'segment-weights': 'data(weights)',
      'segment-distances': 'data(distances)',
      'segment-radii': [6],
      'edge-distances': 'node-position',
    },
  },
  {
    selector: 'edge.intoProcess',
    style: { 'target-arrow-shape': 'triangle', 'target-arrow-color': theme.faint, 'arrow-scale': 0.7 },
  },
  {
    selector: 'edge[loss]',
    style: {
      label: 'data(loss)',
      'font-family': theme.font,
      'font-size': 11.5,
      'font-weight': 600,
      color: theme.background,
      'text-background-color': theme.warn,
      'text-background-opacity': 1,
      'text-background-shape': 'roundrectangle',
      'text-background-padding': '2px',
      'text-margin-x': orientation === 'down' ? 'data(aside)' : 0,
      'text-margin-y': orientation === 'down' ? 8 : -12,
    },
  },
  { selector: 'edge.uses', style: { 'line-style': 'dashed', 'line-dash-pattern': [4, 3] } },
];

/** What is marked stands out of what it is: these come last. */
const markRules = (theme: Theme): Rules => [
  { selector: '.dimmed', style: { opacity: 0.28 } },
  { selector: '.superseded', style: { opacity: 0.45 } },
  {
    selector: 'node.lit',
    style: { 'underlay-color': theme.accent, 'underlay-opacity': 0.16, 'underlay-padding': 5 },
  },
  {
    selector: 'node.hit',
    style: { 'outline-color': theme.accent, 'outline-width': 2, 'outline-opacity': 0.8, 'outline-offset': 2 },
  },
  {
    selector: 'node.chosen',
    style: {
      'border-color': theme.accent,
      'border-width': 2,
      'outline-color': theme.accent,
      'outline-width': 2,
      'outline-opacity': 0.25,
      'outline-offset': 1,
    },
  },
  {
    selector: 'node.focused',
    style: {
      'outline-color': theme.accent,
      'outline-width': 2,
      'outline-opacity': 0.9,
      'outline-offset': 2,
    },
  },
  { selector: 'edge.chosen', style: { 'line-color': theme.accent, 'target-arrow-color': theme.accent } },
];

function stateRules(state: KnownState, theme: Theme): Rules {
  const color = {
    new: theme.muted,
    running: theme.accent,
    complete: theme.ok,
    stopped: theme.muted,
    failed: theme.error,
    aborted: theme.warn,
  }[state];
  const strong = state === 'running' || state === 'failed' || state === 'aborted';
  return [
    {
      selector: `node.process.${state}`,
      style: {
        'background-image': iconUrl(STATE_PATHS[state], color),
        'border-color': strong ? color : theme.border,
        'border-style': state === 'new' ? 'dashed' : 'solid',
      },
    },
    ...(strong ? [{ selector: `node.artifact.${state}`, style: { 'border-color': color } }] : []),
    ...(state === 'complete'
      ? [{ selector: 'node.artifact.complete', style: { 'background-color': theme.muted } }]
      : []),
  ];
}

const MATCH_BORDERS: { readonly [match in Match]: { style: string; width: number } } = {
  changed: { style: 'double', width: 4 },
  added: { style: 'solid', width: 2 },
  removed: { style: 'dashed', width: 2 },
  upstream: { style: 'dotted', width: 2 },
  same: { style: 'solid', width: 1 },
};

/** How a step compares: its icon, its border and its colours say it. */
function matchRules(match: Match, theme: Theme): Rules {
  const color = matchColor(match, theme);
  const { style, width } = MATCH_BORDERS[match];
  const isSame = match === 'same';
  return [
    {
      selector: `node.process.match-${match}`,
      style: {
        'background-image': iconUrl({ d: MATCH_PATHS[match], filled: false }, color),
        'background-color': isSame ? theme.surface : mix(color, theme.background, 0.14),
        'border-color': isSame ? theme.border : color,
        'border-style': style,
        'border-width': width,
      },
    },
    {
      selector: `node.artifact.match-${match}`,
      style: { 'border-color': isSame ? theme.muted : color, 'background-color': theme.background },
    },
  ];
}

/** The colour of a mark. */
function matchColor(match: Match, { accent, error, muted, ok, warn }: Theme): string {
  return { changed: warn, added: ok, removed: error, upstream: accent, same: muted }[match];
}

function iconUrl({ d, filled }: { d: string; filled: boolean }, color: string): string {
  const paint = filled ? `fill="${color}"` : `fill="none" stroke="${color}" stroke-width="1.8" stroke-linecap="round"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="36" height="36" viewBox="0 0 12 12"><path d="${d}" ${paint} stroke-linejoin="round"/></svg>`;
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}
