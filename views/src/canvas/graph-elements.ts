import type { ElementDefinition } from 'cytoscape';
import { type DrawnNode, knownState, type NodeFace } from 'stemma-document';
import type { Shade } from '../graph/heat';
import type { EdgeFigures } from '../graph/edge-figures';
import type { Box } from '../graph/bounds';
import type { Match } from '../model/comparison';
import { edgeId } from '../graph/edge-id';
import type { IncrementalLayout, Place, Route } from '../graph/layout';
import { BOX, boxText, fitLabel } from '../graph/node-box';

/** What is marked in the graph, apart from what it is. */
export interface Marks {
  selected: string | null;
  /** The node that has the keyboard's focus in the tree. */
  focused: string | null;
  /** For example those of the notebook's active cell. */
  lit: ReadonlySet<string>;
  /** The hits of a search, which are ringed. */
  hits: ReadonlySet<string> | null;
  /** When set, everything else is dimmed: the hits of a search, or the ancestry of a node. */
  emphasis: ReadonlySet<string> | null;
  /** How strongly processes are coloured by what a person chose; empty while their states colour them. */
  shades: ReadonlyMap<string, Shade>;
}

/** Text and classes of an element: all of its looks but its place. */
export interface Looks {
  label: string;
  /** How wide the box of a process is; of a stream, what its text may take. */
  width: number;
  /** What a text in one line may take. */
  room: number;
  classes: string;
}

/** `match`: how it compares, where two records are shown as one graph. */
export function nodeLooks(
  node: DrawnNode,
  face: NodeFace,
  marks: Marks,
  layout: IncrementalLayout,
  match: Match | null,
): Looks {
  const { id } = node;
  const width = node.type === 'process' ? layout.boxWidth(id) : layout.textRoom(id);
  const label = node.type === 'process' ? fitLabel(boxText(face), width, width).text : face.detail;
  const classes = names({
    [node.type]: true,
    [knownState(face.state)]: true,
    value: face.kind === 'value',
    grouped: node.members.length > 1,
    long: node.type === 'process' && label.includes('\n'),
    superseded: face.superseded,
    chosen: id === marks.selected,
    focused: id === marks.focused,
    lit: marks.lit.has(id),
    hit: marks.hits?.has(id) === true,
    dimmed: isDimmed(id, marks),
    [`shade${marks.shades.get(id) ?? 0}`]: marks.shades.has(id),
    [`match-${match}`]: match !== null,
  });
  const room = node.type === 'process' ? width - BOX.besideText : width;
  return { label, width, room, classes };
}

/** One text for all that a node looks like, to compare it by. */
export function looksKey({ label, width, classes }: Looks): string {
  return `${label}\n${width}\n${classes}`;
}

export function edgeClasses(
  route: Route,
  places: ReadonlyMap<string, Place>,
  isHistory: boolean,
  marks: Marks,
): string {
  const target = places.get(route.target) as Place;
  return names({
    lane: route.via.length > 0,
    uses: route.uses,
    intoProcess: target.rank % 2 === 0,
    superseded: isHistory,
    chosen: route.source === marks.selected || route.target === marks.selected,
    dimmed: isDimmed(route.source, marks) || isDimmed(route.target, marks),
  });
}

export function nodeElement(id: string, place: Place, { label, width, room, classes }: Looks): ElementDefinition {
  return { group: 'nodes', data: { id, label, width, room }, position: { x: place.x, y: place.y }, classes };
}

export function edgeElement(
  route: Route,
  places: ReadonlyMap<string, Place>,
  classes: string,
  figures: EdgeFigures,
): ElementDefinition {
  const source = places.get(route.source) as Place;
  const target = places.get(route.target) as Place;
  const { via } = route;
  const dx = target.x - source.x;
  const dy = target.y - source.y;
  const length = Math.hypot(dx, dy) || 1;
  // cytoscape wants a point as how far along the line between the ends, and how far off it.
  const weights = via.map((p) => ((p.x - source.x) * dx + (p.y - source.y) * dy) / length ** 2);
  const distances = via.map((p) => ((p.x - source.x) * -dy + (p.y - source.y) * dx) / length);
  const id = edgeId(route.source, route.target);
  return {
    group: 'edges',
    data: { id, source: route.source, target: route.target, weights, distances, ...figures },
    classes,
  };
}

/** The frame around an open group. */
export function frameElement(id: string, { x1, y1, x2, y2 }: Box): ElementDefinition {
  const data = { id, label: '', width: x2 - x1, height: y2 - y1 };
  return { group: 'nodes', data, position: { x: (x1 + x2) / 2, y: (y1 + y2) / 2 }, classes: 'frame' };
}

function isDimmed(id: string, { emphasis }: Marks): boolean {
  return emphasis !== null && !emphasis.has(id);
}

function names(of: { [name: string]: boolean }): string {
  return Object.keys(of)
    .filter((name) => of[name])
    .join(' ');
}
