/** Runs in the page: does with large graphs what a kernel and a person do, and takes the time of each. */
import { toPng } from 'stemma-views';
import { largeDocument, randomBelow, somePatch, wideDocument } from './large-graph';

const ROUNDS = 20;

export interface Measure {
  action: string;
  /** Milliseconds until the screen shows it; of what was done several times, the median. */
  ms: number;
  /** The longest time for which the page did not react, until it was at rest again; 0 where none was over 50 ms. */
  longestTaskMs: number;
}

declare global {
  interface Window {
    measure(operators: number): Promise<Measure[]>;
  }
}

/** After the next frame was drawn: the second callback comes when the first's frame is done. */
const drawn = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

window.measure = async (operators) => {
  const { store, panel, graph, ui, preferences, canvasIsDrawn } = window.harness;
  const measures: Measure[] = [];
  let longestTaskMs = 0;
  new PerformanceObserver((list) => {
    longestTaskMs = Math.max(longestTaskMs, ...list.getEntries().map(({ duration }) => duration));
  }).observe({ entryTypes: ['longtask'] });
  /** What is drawn in slices is in the page. */
  const rest = async (): Promise<void> => {
    do await pause(1000);
    while (document.querySelectorAll('[role=treeitem]').length !== graph.nodes.length);
  };
  const measure = async (action: string, ...changes: (() => unknown)[]): Promise<void> => {
    const times: number[] = [];
    for (const change of changes) {
      const at = performance.now();
      await change();
      await drawn();
      times.push(performance.now() - at);
    }
    await rest();
    measures.push({ action, ms: median(times), longestTaskMs });
    longestTaskMs = 0;
  };

  const large = largeDocument(operators);
  const random = randomBelow(11);
  await rest();
  await measure('first picture', async () => {
    store.setConnection({ state: 'live' });
    store.replace(large);
    do await drawn();
    while (!canvasIsDrawn());
  });
  const rounds = Array.from({ length: ROUNDS }, (_, i) => i + 1);
  await measure('update of fifty', ...rounds.map((round) => () => store.apply(somePatch(large, round, random))));
  await measure(
    'a new one',
    ...rounds.slice(0, ROUNDS / 4).map((round) => () => {
      const [process, artifact] = [large.processes.at(-round)!, large.artifacts.at(-round)!];
      const [id, output] = [`n${round}`, `m${round}`];
      store.apply({
        processes: [{ ...process, id, label: `New ${round}`, inputs: [artifact.id], outputs: [output] }],
        artifacts: [{ ...artifact, id: output, producer: id }],
        runs: [],
        cells: null,
        removed: [],
      });
    }),
  );
  await measure('all laid out again', () => panel.tidy());
  await measure('one selected', () => ui.select(large.processes[operators >> 1]?.id ?? null));
  await measure('what it comes from', () => (ui.lineage = true));
  await measure('all again', () => (ui.lineage = false));
  const host = document.querySelector('.stemma-Panel')!;
  const key = (name: string, target: Element): boolean =>
    target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
  const input = document.querySelector<HTMLInputElement>('.stemma-Search-input')!;
  await measure(
    'a letter searched for',
    () => key('/', host),
    ...['s', 'st', 'step', 'step a', 'step ab'].map((text) => () => {
      input.value = text;
      input.dispatchEvent(new Event('input'));
    }),
  );
  await measure('the search ended', () => key('Escape', input));
  await measure('coloured by time', () => preferences.set({ colorBy: 'time' }));
  await measure('coloured by state', () => preferences.set({ colorBy: 'state' }));
  await measure('as SVG', () => panel.svg());
  await measure('as PNG', () => toPng(panel.picture()));
  await measure('flowing to the right', () => preferences.set({ orientation: 'right' }));
  await measure('flowing down', () => preferences.set({ orientation: 'down' }));

  ui.select(null);
  const wide = wideDocument(operators);
  preferences.set({ groupFrom: 0 });
  await measure('as many in alike branches', () => store.replace(wide));
  await measure('all of them grouped', () => preferences.set({ groupFrom: 3 }));
  await measure('all of them expanded', () => preferences.set({ groupFrom: 0 }));
  preferences.set({ groupFrom: 3 });
  await rest();
  await measure('their group selected', () => ui.select('group:s0'));
  await measure('the group opened', () => graph.toggle('group:s0'));
  await measure('one of them selected', () => ui.select(`s${operators >> 2}`));
  await measure('all laid out again, opened', () => panel.tidy());
  await measure('as SVG, opened', () => panel.svg());
  await measure('the group closed', () => graph.toggle('group:s0'));
  await measure('each cell as one', () => preferences.set({ groupCells: true }));
  await measure('each step as one', () => preferences.set({ groupCells: false }));
  return measures;
};
