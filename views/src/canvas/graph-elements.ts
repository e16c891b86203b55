import type { ElementDefinition } from 'cytoscape';
import { type DrawnNode, knownState, type NodeFace } from 'stemma-document';
import type { Shade } from '../graph/heat';
import type { EdgeFigures } from './edge-figures';
import { inTwoLines } from './two-lines';
import { edgeId } from '../graph/edge-id';
import type { Place, Route } from '../graph/layout';

/** What is marked in the graph, apart from what it is. */
export interface Marks {
  selected: string | null;
  /** The node that has the keyboard's focus in the tree. */
  focused: string | null;
  /** For example those of the notebook's active cell. */
  lit: ReadonlySet<string>;
  /** When set, everything else is dimmed: the hits of a search, or the ancestry of a node. */
  emphasis: ReadonlySet<string> | null;
  /** How strongly processes are coloured by what a person chose; empty while their states colour them. */
  shades: ReadonlyMap<string, Shade>;
}

/** Text and classes of an element: all of its looks but its place. */
export interface Looks {
  label: string;
  classes: string;
}

export function nodeLooks(node: DrawnNode, face: NodeFace, marks: Marks): Looks {
  const { id } = node;
  const classes = names({
    [node.type]: true,
    [knownState(face.state)]: true,
    value: face.kind === 'value',
    grouped: node.members.length > 1,
    long: node.type === 'process' && inTwoLines(nodeText(node.type, face)).includes('\n'),
    superseded: face.superseded,
    chosen: id === marks.selected,
    focused: id === marks.focused,
    lit: marks.lit.has(id),
    dimmed: isDimmed(id, marks),
    [`shade${marks.shades.get(id) ?? 0}`]: marks.shades.has(id),
  });
  return {
    label: node.type === 'process' ? inTwoLines(nodeText(node.type, face)) : nodeText(node.type, face),
    classes,
  };
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

export function nodeElement(id: string, place: Place, { label, classes }: Looks): ElementDefinition {
  return { group: 'nodes', data: { id, label }, position: { x: place.x, y: place.y }, classes };
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

/** What is written on a node: the label of a process with its count, the figures of an artifact. */
export function nodeText(type: DrawnNode['type'], face: NodeFace): string {
  if (type === 'artifact') {
    return face.detail;
  }
  return face.count > 1 ? `${face.label}  ×${face.count}` : face.label;
}

function isDimmed(id: string, { emphasis }: Marks): boolean {
  return emphasis !== null && !emphasis.has(id);
}

function names(of: { [name: string]: boolean }): string {
  return Object.keys(of)
    .filter((name) => of[name])
    .join(' ');
}
