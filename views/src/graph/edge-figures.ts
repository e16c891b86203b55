import { type DrawnNode, lossOfAll, processesOf } from 'stemma-document';
import type { Route } from './layout';
import { lossLabel } from './loss-label';
import type { ProvenanceStore } from '../model/store';

/** What an edge tells of the items that pass it. */
export interface EdgeFigures {
  /** In pixels: wider by as much for each digit of their number. */
  width: number;
  /** How many items the step before it left out; none where it left out none. */
  loss?: string;
  /** How far beside the edge the middle of that text lies, so that it ends before the stream. */
  aside: number;
}

const THIN = 1.25;
const WIDER = 0.35;
/** Between a stream and the text on its left. */
const GAP = 12;
const LETTER = 7;

export function edgeFigures(
  { source, target }: Route,
  graph: { node(id: string): DrawnNode | undefined },
  store: ProvenanceStore,
): EdgeFigures {
  const ends = [graph.node(source), graph.node(target)];
  const stream = ends.find((node) => node?.type === 'artifact');
  const items = (stream?.members ?? []).reduce(
    (sum, id) => sum + (store.artifacts.get(id)?.execution.currentItems ?? 0),
    0,
  );
  const width = THIN + WIDER * Math.floor(Math.log10(Math.max(1, items)));
  const loss = ends[0]?.type === 'process' ? lossLabel(lossOfAll(processesOf(ends[0], store))) : undefined;
  return { width, aside: -(GAP + (LETTER * (loss?.length ?? 0)) / 2), ...(loss === undefined ? {} : { loss }) };
}
