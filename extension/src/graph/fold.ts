import type { GraphNode, GraphSource } from './visible';

/** A node as it is drawn: one of the document, or several alike that stand for one. */
export interface DrawnNode {
  /** Of the node, or `fold:<first member>`. */
  id: string;
  type: 'process' | 'artifact';
  members: string[];
  parents: string[];
  uses: string[];
}

/** From how many alike on they are drawn as one. */
export const FOLD_FROM = 3;

/**
 * Fold parallel siblings into one node, as TensorBoard does with series: "Load class 0" … "Load class 9" become one node with the count 10.
 *
 * Two nodes are alike when kind, cell and label (digits aside) agree and when their neighbours, up and down, are alike: the coarsest such division of the
 * graph, found by refining. A fold keeps its id while most of its members stay, so that what is placed need not move.
 *
 * @param open Ids of the folds that a person opened: their members are drawn one by one.
 * @param previous The fold of each member in the last call.
 */
export function fold(
  nodes: readonly GraphNode[],
  source: GraphSource,
  open: ReadonlySet<string>,
  previous: ReadonlyMap<string, string> = new Map(),
): { drawn: DrawnNode[]; folds: Map<string, string> } {
  const classes = refine(nodes, initialClasses(nodes, source));
  const members = new Map<number, string[]>();
  for (const node of nodes) {
    const group = classes.get(node.id) as number;
    members.set(group, [...(members.get(group) ?? []), node.id]);
  }
  const folds = new Map<string, string>();
  const taken = new Set<string>();
  for (const group of members.values()) {
    if (group.length >= FOLD_FROM) {
      const id = foldId(group, previous, taken);
      taken.add(id);
      group.forEach((member) => folds.set(member, id));
    }
  }
  const drawnId = (id: string): string => {
    const group = folds.get(id);
    return group !== undefined && !open.has(group) ? group : id;
  };
  const drawn = new Map<string, DrawnNode>();
  for (const node of nodes) {
    const id = drawnId(node.id);
    const parents = node.parents.map(drawnId);
    const uses = node.uses.map(drawnId);
    const into = drawn.get(id);
    if (into) {
      into.members.push(node.id);
      into.parents = [...new Set([...into.parents, ...parents])];
    } else {
      drawn.set(id, { id, type: node.type, members: [node.id], parents: [...new Set(parents)], uses });
    }
  }
  return { drawn: [...drawn.values()], folds };
}

/** A label without what differs among siblings: `Load class 7` and `Load class 10` agree. */
export function labelPattern(label: string): string {
  return label.replace(/\d+/g, '#');
}

function initialClasses(nodes: readonly GraphNode[], source: GraphSource): Map<string, string> {
  const depth = new Map<string, number>();
  const classes = new Map<string, string>();
  for (const node of nodes) {
    const level = node.parents.reduce((max, parent) => Math.max(max, (depth.get(parent) ?? 0) + 1), 0);
    depth.set(node.id, level);
    const process = source.processes.get(node.id);
    const artifact = source.artifacts.get(node.id);
    const own = process
      ? [process.kind, labelPattern(process.label), process.cell?.id ?? '', process.superseded]
      : [artifact?.kind ?? '', '', '', artifact?.superseded ?? false];
    classes.set(node.id, JSON.stringify([node.type, level, ...own]));
  }
  return classes;
}

/** Split classes until the members of each have neighbours of the same classes. */
function refine(nodes: readonly GraphNode[], initial: ReadonlyMap<string, string>): Map<string, number> {
  const children = new Map<string, string[]>();
  for (const node of nodes) {
    for (const parent of node.parents) {
      children.set(parent, [...(children.get(parent) ?? []), node.id]);
    }
  }
  let classes = numbered(nodes, (node) => initial.get(node.id) ?? '');
  for (;;) {
    const before = classes.of;
    const count = classes.count;
    const list = (ids: readonly string[]): string =>
      ids
        .map((id) => before.get(id) as number)
        .sort((a, b) => a - b)
        .join();
    classes = numbered(nodes, (node) =>
      [before.get(node.id), list(node.parents), list(children.get(node.id) ?? [])].join('|'),
    );
    if (classes.count === count) {
      return classes.of;
    }
  }
}

function numbered(
  nodes: readonly GraphNode[],
  key: (node: GraphNode) => string,
): { of: Map<string, number>; count: number } {
  const numbers = new Map<string, number>();
  const of = new Map<string, number>();
  for (const node of nodes) {
    const text = key(node);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    of.set(node.id, number);
  }
  return { of, count: numbers.size };
}

/** The id that most members had before, so that a fold which loses or gains a member stays itself. */
function foldId(members: readonly string[], previous: ReadonlyMap<string, string>, taken: ReadonlySet<string>): string {
  const votes = new Map<string, number>();
  for (const member of members) {
    const id = previous.get(member);
    if (id !== undefined && !taken.has(id)) {
      votes.set(id, (votes.get(id) ?? 0) + 1);
    }
  }
  let best: string | null = null;
  for (const [id, count] of votes) {
    if (best === null || count > (votes.get(best) as number)) {
      best = id;
    }
  }
  const fresh = `fold:${members[0]}`;
  return best ?? (taken.has(fresh) ? `fold:${members.join('+')}` : fresh);
}
