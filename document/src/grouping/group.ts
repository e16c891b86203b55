import { append } from './append';
import { cellGroups, chains } from './chains';
import type { Process } from '../model/document';
import { folderWords, withoutWord } from './folder-words';
import { labelPattern } from './label-pattern';
import { parentsFirst } from './parents-first';
import type { GraphNode, GraphSource } from './visible';

/** A node as it is drawn: one of the document, or several alike that stand for one. */
export interface DrawnNode {
  /** Of the node, or `group:<first member>`. */
  id: string;
  type: 'process' | 'artifact';
  members: string[];
  parents: string[];
  uses: string[];
  /** Why it stands for several; absent where it stands for one. */
  group?: GroupKind;
}

/** Parallel steps that are alike; steps alike one after the other; all that a cell made. */
export type GroupKind = 'siblings' | 'chain' | 'cell';

/** From how many alike on they are drawn as one. */
export const GROUP_FROM = 3;

export interface GroupOptions {
  /** The group of each member in the last call. */
  previous?: ReadonlyMap<string, string>;
  /** From how many alike on they are drawn as one. */
  from?: number;
  /** Whether each cell is drawn as one node, rather than what is alike. */
  cells?: boolean;
}

/**
 * Groups what is alike: several nodes are drawn as one. Parallel siblings, as TensorBoard does with series: "Load class
 * 0" … "Load class 9" become one node with the count 10. So do the steps that a loop puts one after the other; or,
 * where a person wants it, all that a cell made.
 *
 * Two nodes are alike when kind, cell and label (digits aside) agree and when their neighbours, up and down, are alike:
 * the coarsest such division of the graph, found by refining. A group keeps its id while most of its members stay, so
 * that what is placed need not move.
 *
 * @param open Ids of the groups that a person opened: their members are drawn one by one.
 */
export function groupNodes(
  nodes: readonly GraphNode[],
  source: GraphSource,
  open: ReadonlySet<string>,
  { previous = new Map(), from = GROUP_FROM, cells = false }: GroupOptions = {},
): { drawn: DrawnNode[]; groups: Map<string, string>; kinds: Map<string, GroupKind> } {
  const groups = new Map<string, string>();
  const kinds = new Map<string, GroupKind>();
  const add = (alike: readonly string[], kind: GroupKind): void => {
    const id = groupId(alike, previous, kinds);
    kinds.set(id, kind);
    alike.forEach((member) => groups.set(member, id));
  };
  if (cells) {
    cellGroups(nodes, source).forEach((alike) => add(alike, 'cell'));
  } else {
    siblings(nodes, source, from).forEach((alike) => add(alike, 'siblings'));
    chains(nodes, source, (id) => groups.has(id), from).forEach((alike) => add(alike, 'chain'));
  }
  const drawnId = (id: string): string => {
    const group = groups.get(id);
    return group !== undefined && !open.has(group) ? group : id;
  };
  const drawnAs = new Map<string, GraphNode[]>();
  nodes.forEach((node) => append(drawnAs, drawnId(node.id), node));
  const producers = new Map(nodes.flatMap(({ id, type, parents }) => (type === 'artifact' ? [[id, parents[0]]] : [])));
  /** A stream that leads out of a group, and that a step of the group takes, too. */
  const isOwn = (stream: string, id: string): boolean => {
    const producer = producers.get(stream);
    return producer !== undefined && drawnId(producer) === id;
  };
  const finished = (id: string): DrawnNode | undefined => {
    const members = drawnAs.get(id);
    const first = members?.[0];
    if (!members || !first) {
      return undefined;
    }
    const above = (isUsed: boolean): string[] =>
      unique(
        members
          .flatMap(({ parents, uses }) =>
            parents.filter((parent) => uses.includes(parent) === isUsed && !isOwn(parent, id)),
          )
          .map(drawnId)
          .filter((parent) => parent !== id),
      );
    const taken = above(false);
    const parents = unique([...taken, ...above(true)]);
    const uses = parents.slice(taken.length);
    const kind = kinds.get(id);
    return {
      id,
      type: first.type,
      members: members.map((node) => node.id),
      parents,
      uses,
      ...(kind && { group: kind }),
    };
  };
  // A group stands where its first member stood, and so before what only a later one comes from.
  return { drawn: parentsFirst(drawnAs.keys(), finished), groups, kinds };
}

/** Groups of nodes that are alike. */
function siblings(nodes: readonly GraphNode[], source: GraphSource, from: number): string[][] {
  const classes = refine(nodes, initialClasses(nodes, source), from);
  const members = new Map<number, string[]>();
  nodes.forEach((node, i) => append(members, classes[i] as number, node.id));
  return [...members.values()].filter((group) => group.length >= from);
}

/** What two nodes must agree in, apart from their neighbours. */
function initialClasses(nodes: readonly GraphNode[], source: GraphSource): string[] {
  const depths = new Map<string, number>();
  const words = folderWords(nodes, source);
  return nodes.map((node) => {
    let depth = 0;
    for (const parent of node.parents) {
      depth = Math.max(depth, (depths.get(parent) ?? 0) + 1);
    }
    depths.set(node.id, depth);
    const process = source.processes.get(node.id);
    const artifact = source.artifacts.get(node.id);
    const own = process
      ? [process.kind, patternOf(process, words.get(node.id)), process.cell?.id ?? '', process.superseded]
      : [artifact?.kind ?? '', artifact?.superseded ?? false];
    return [node.type, depth, ...own].join('\u0000');
  });
}

/**
 * A label without what differs among siblings: numbers, and among those that one call made, the names of the folders
 * that they read.
 */
function patternOf({ label, position }: Process, word: string | undefined): string {
  const pattern = word === undefined || !position ? label : withoutWord(label, word);
  return pattern === label
    ? labelPattern(label)
    : `${labelPattern(pattern)} ${position?.file ?? ''}:${position?.line}:${position?.column}`;
}

/**
 * Split classes until the members of each have neighbours of the same classes. Who has too few alike to be grouped is
 * never looked at again.
 */
function refine(nodes: readonly GraphNode[], initial: readonly string[], from: number): number[] {
  const indices = new Map(nodes.map((node, i) => [node.id, i] as const));
  const parents = nodes.map((node) => node.parents.map((id) => indices.get(id) as number));
  const children: number[][] = nodes.map(() => []);
  parents.forEach((list, i) => list.forEach((parent) => children[parent]?.push(i)));
  let classes = numbered(initial);
  for (;;) {
    const before = classes.of;
    const width = nodes.length + 1;
    const list = (of: readonly number[]): string =>
      Array.from(of, (i) => before[i] as number)
        .sort(ascending)
        .join();
    const keys = before.map((own, i): string | number => {
      const [up, down] = [parents[i] as number[], children[i] as number[]];
      if ((classes.sizes[own] as number) < from) {
        return -1 - own;
      }
      // Most have one neighbour each way; a number for both is found sooner than a text.
      return up.length < 2 && down.length < 2 && width < MOST_IN_NUMBERS
        ? (own * width + next(before, up[0])) * width + next(before, down[0])
        : `${own}|${list(up)}|${list(down)}`;
    });
    const divided = numbered(keys);
    if (divided.sizes.length === classes.sizes.length) {
      return divided.of;
    }
    classes = divided;
  }
}

/** The third power of a smaller number is a safe whole one. */
const MOST_IN_NUMBERS = 2 ** 17;

/** One more than the class of a neighbour; 0 where there is none. */
function next(classes: readonly number[], neighbour: number | undefined): number {
  return neighbour === undefined ? 0 : (classes[neighbour] as number) + 1;
}

/** Numbers in the place of keys, and how often each occurs. */
function numbered(keys: readonly (string | number)[]): { of: number[]; sizes: number[] } {
  const numbers = new Map<string | number, number>();
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

function unique(ids: string[]): string[] {
  return ids.length < 2 ? ids : [...new Set(ids)];
}

/** A member that a drawn node has or had, by the node's id. */
export function memberOf(id: string): string {
  return id.replace(/^group:/, '').replace(/\+.*/s, '');
}

/** The id that most members had before, so that a group which loses or gains a member stays itself. */
function groupId(
  members: readonly string[],
  previous: ReadonlyMap<string, string>,
  taken: ReadonlyMap<string, unknown>,
): string {
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
  const fresh = `group:${members[0]}`;
  return best ?? (taken.has(fresh) ? `group:${members.join('+')}` : fresh);
}
