import { surroundingEpoch } from '../engine/surrounding-epoch';
import type { Epochs, Node } from './node';

/** How many epochs each operation has had, in runs that read on and in looks. */
interface Used {
  epochs: number;
  looks: number;
}

const used = new WeakMap<Node, Used>();

/** How a run comes to a node. */
interface Way {
  /** Only by way of a look. */
  isLook: boolean;
  /** How many passes of it there are at most; of its sources, for a node that counts epochs. */
  passes: number;
}

/** What a run from a node on needs to know of the graph before it. */
interface Survey {
  /** The nodes that count epochs. */
  counted: ReadonlyMap<Node, Way>;
  /** The highest epoch that `epoch` chose. */
  chosen: number | null;
}

const surveys = new WeakMap<Node, Survey>();

/** A run takes no more epochs than these, so that their numbers stay exact. */
const MOST_EPOCHS = 2 ** 40;

/**
 * A new run from `root` on: each operation of chance before it begins its next epoch, however much of it the run will
 * read. One run is one epoch of an operation, also where it is used twice; each repetition within the run is one more.
 */
export class RunEpochs implements Epochs {
  readonly firstPass = 0;
  /** The highest of all; null where no operation has epochs. */
  readonly highest: number | null;
  readonly #first = new Map<Node, number>();

  /** `given`: the epochs that an earlier run was at, which this one continues. */
  constructor(root: Node, given?: readonly number[]) {
    const { counted, chosen } = surveyOf(root);
    let highest = chosen;
    for (const [i, [node, { isLook, passes }]] of [...counted].entries()) {
      const count = usedOf(node);
      const kind = isLook ? 'looks' : 'epochs';
      const first = given?.[i] ?? Math.max(count[kind], surroundingEpoch());
      count[kind] = Math.max(count[kind], first + passes);
      this.#first.set(node, first);
      if (node.draws) highest = Math.max(first, highest ?? 0);
    }
    this.highest = highest;
  }

  /** Of each operation that counts them, for a run that continues this one. */
  get all(): number[] {
    return [...this.#first.values()];
  }

  first(node: Node): number {
    return this.#first.get(node) ?? 0;
  }
}

/** All operations are at one epoch, which is not counted. */
export class ChosenEpoch implements Epochs {
  constructor(
    private readonly epoch: number,
    readonly firstPass: number,
  ) {}

  first(): number {
    return this.epoch;
  }
}

function usedOf(node: Node): Used {
  let count = used.get(node);
  if (count === undefined) used.set(node, (count = { epochs: 0, looks: 0 }));
  return count;
}

function surveyOf(root: Node): Survey {
  let survey = surveys.get(root);
  if (survey === undefined) surveys.set(root, (survey = explore(root)));
  return survey;
}

/** Not by recursion: a graph may be deeper than the stack. */
function explore(root: Node): Survey {
  const counted = new Map<Node, Way>();
  const visited = new Map<Node, Way>();
  const ahead: [Node, Way][] = [[root, { isLook: false, passes: 1 }]];
  let chosen: number | null = null;
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    const [node, behind] = next;
    const known = visited.get(node);
    // Of several ways the one that reads more counts.
    const way = {
      isLook: (behind.isLook || node.isLook) && (known?.isLook ?? true),
      passes: Math.max(behind.passes, known?.passes ?? 0),
    };
    if (known?.isLook === way.isLook && known.passes === way.passes) continue;
    visited.set(node, way);
    if (node.epoch !== null) {
      if (node.choosesEpoch) chosen = Math.max(node.epoch, chosen ?? 0);
      continue;
    }
    if (node.draws || node.nests) counted.set(node, { ...way, passes: atMost(way.passes * node.epochs) });
    const before = { ...way, passes: atMost(way.passes * node.passes) };
    for (const parent of node.parents) ahead.push([parent, before]);
  }
  return { counted, chosen };
}

const atMost = (epochs: number): number => Math.min(epochs, MOST_EPOCHS);
