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

export interface FoldOptions {
  /** The fold of each member in the last call. */
  previous?: ReadonlyMap<string, string>;
  /** From how many alike on they are drawn as one. */
  from?: number;
}

/**
 * Fold parallel siblings into one node, as TensorBoard does with series: "Load class 0" … "Load class 9" become one node with the count 10.
 *
 * Two nodes are alike when kind, cell and label (digits aside) agree and when their neighbours, up and down, are alike: the coarsest such division of the
 * graph, found by refining. A fold keeps its id while most of its members stay, so that what is placed need not move.
 *
 * @param open Ids of the folds that a person opened: their members are drawn one by one.
 */
export function fold(
  nodes: readonly GraphNode[],
  source: GraphSource,
  open: ReadonlySet<string>,
  { previous = new Map(), from = FOLD_FROM }: FoldOptions = {},
): { drawn: DrawnNode[]; folds: Map<string, string> } {
  const classes = refine(nodes, initialClasses(nodes, source), from);
  const members = new Map<number, string[]>();
  nodes.forEach((node, i) => append(members, classes[i] as number, node.id));
  const folds = new Map<string, string>();
  const taken = new Set<string>();
  for (const group of members.values()) {
    if (group.length >= from) {
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

/** What two nodes must agree in, apart from their neighbours. */
function initialClasses(nodes: readonly GraphNode[], source: GraphSource): string[] {
  const depths = new Map<string, number>();
  return nodes.map((node) => {
    let depth = 0;
    for (const parent of node.parents) {
      depth = Math.max(depth, (depths.get(parent) ?? 0) + 1);
    }
    depths.set(node.id, depth);
    const process = source.processes.get(node.id);
    const artifact = source.artifacts.get(node.id);
    const own = process
      ? [process.kind, labelPattern(process.label), process.cell?.id ?? '', process.superseded]
      : [artifact?.kind ?? '', artifact?.superseded ?? false];
    return [node.type, depth, ...own].join('\u0000');
  });
}

/** Split classes until the members of each have neighbours of the same classes. Who has too few alike to be folded is never looked at again. */
function refine(nodes: readonly GraphNode[], initial: readonly string[], from: number): number[] {
  const indices = new Map(nodes.map((node, i) => [node.id, i] as const));
  const parents = nodes.map((node) => node.parents.map((id) => indices.get(id) as number));
  const children: number[][] = nodes.map(() => []);
  parents.forEach((list, i) => list.forEach((parent) => children[parent]?.push(i)));
  let classes = numbered(initial);
  for (;;) {
    const before = classes.of;
    const list = (of: readonly number[]): string =>
      Array.from(of, (i) => before[i] as number)
        .sort(ascending)
        .join();
    const keys = before.map((own, i) =>
      (classes.sizes[own] as number) < from ? `${own}` : `${own}|${list(parents[i] ?? [])}|${list(children[i] ?? [])}`,
    );
    const next = numbered(keys);
    if (next.sizes.length === classes.sizes.length) {
      return next.of;
    }
    classes = next;
  }
}

/** Numbers in the place of keys, and how often each occurs. */
function numbered(keys: readonly string[]): { of: number[]; sizes: number[] } {
  const numbers = new Map<string, number>();
  const sizes: number[] = [];
  const of = keys.map((key) => {
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    sizes[number] = (sizes[number] ?? 0) + 1;
    return number;
  });
  return { of, sizes };
}

function ascending(a: number, b: number): number {
  return a - b;
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) {
    list.push(value);
  } else {
    map.set(key, [value]);
  }
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
