/** Runs in the page: draws a large graph, then updates it, and takes the time of both. */
import { largeDocument, randomBelow, somePatch, wideDocument } from './large-graph';

const ROUNDS = 20;

/** Milliseconds. */
export interface Measures {
  /** From the document's arrival to the graph on the screen. */
  firstPaintMs: number;
  /** From a patch of fifty operations to the frame that shows it, as a median. */
  updateMs: number;
  /** A new operation at the end of the graph, placed and drawn. */
  growMs: number;
  /** All placed anew, and drawn. */
  tidyMs: number;
  /** So many sources alike, with a map each, from the document's arrival to the graph on the screen, where nothing is folded. */
  wideMs: number;
  /** The same, folded, from the opening of the fold to its members on the screen. */
  unfoldMs: number;
  /** The longest time for which the page did not react, in all of this. */
  longestTaskMs: number;
  /** What it was that kept it. */
  longestIn: string;
}

declare global {
  interface Window {
    measure(operators: number): Promise<Measures>;
  }
}

/** After the next frame was drawn: the second callback comes when the first's frame is done. */
const drawn = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1000));
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

window.measure = async (operators) => {
  const { store, panel, graph, preferences, canvasIsDrawn } = window.harness;
  const document = largeDocument(operators);
  const random = randomBelow(11);
  await settle();
  let phase = 'first paint';
  let longestTaskMs = 0;
  let longestIn = '';
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      if (duration <= longestTaskMs) continue;
      longestTaskMs = duration;
      longestIn = phase;
    }
  }).observe({ entryTypes: ['longtask'] });

  const started = performance.now();
  store.setConnection({ state: 'live' });
  store.replace(document);
  do await drawn();
  while (!canvasIsDrawn());
  await drawn();
  const firstPaintMs = performance.now() - started;
  await settle();

  phase = 'update';
  const timed = async (change: () => unknown): Promise<number> => {
    const at = performance.now();
    await change();
    await drawn();
    return performance.now() - at;
  };
  const updates: number[] = [];
  const grows: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    updates.push(await timed(() => store.apply(somePatch(document, round, random))));
  }
  await settle();
  phase = 'new operation';
  for (let round = 1; round <= ROUNDS / 4; round++) {
    const [process, artifact] = [document.processes.at(-round), document.artifacts.at(-round)];
    if (!process || !artifact) break;
    const [id, output] = [`n${round}`, `m${round}`];
    grows.push(
      await timed(() =>
        store.apply({
          processes: [{ ...process, id, label: `New ${round}`, inputs: [artifact.id], outputs: [output] }],
          artifacts: [{ ...artifact, id: output, producer: id }],
          runs: [],
          cells: null,
          removed: [],
        }),
      ),
    );
  }
  await settle();
  phase = 'tidy';
  const tidyMs = await timed(() => panel.tidy());
  await settle();
  phase = 'wide';
  const wide = wideDocument(operators);
  const wideAgain = { ...wide, session: { ...wide.session, id: 'another' } };
  await timed(() => store.replace({ ...wideAgain, processes: [], artifacts: [] }));
  preferences.set({ foldFrom: 0 });
  const wideMs = await timed(() => store.replace(wide));
  await settle();
  phase = 'folding';
  preferences.set({ foldFrom: 3 });
  await settle();
  store.replace(wideAgain);
  await settle();
  phase = 'unfold';
  const unfoldMs = await timed(() => graph.toggle('fold:s0'));
  await settle();
  const [updateMs, growMs] = [median(updates), median(grows)];
  return { firstPaintMs, updateMs, growMs, tidyMs, wideMs, unfoldMs, longestTaskMs, longestIn };
};
