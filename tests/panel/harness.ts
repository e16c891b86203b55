/** A page that shows the panel's views without JupyterLab, fed by a made-up run. Read by `stand.ts`. */
import {
  comparedModel,
  english,
  type Choices,
  type Connection,
  type DocumentSink,
  mount,
  Preferences,
  ProvenanceModel,
  SavedSource,
} from 'stemma-views';
import type { ProvenanceDocument } from 'stemma-document';
import { largeDocument } from '../../bench/panel/large-graph';
import { fixture, ranAgain, samplesOf, soundSamples, type FixtureOptions } from './fixture';

const model = new ProvenanceModel(new SavedSource());
const { store, ui, graph } = model;
const preferences = new Preferences();
const host = document.getElementById('panel') as HTMLElement;
const { panel } = mount(host, {
  source: model,
  preferences,
  actions: { revealCell: () => true, exportDocument: () => undefined, openMenu: () => undefined },
});

/** A digit-like blob, so that pictures look like pictures. */
function thumbnail(seed: number): string {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 28;
  const draw = canvas.getContext('2d') as CanvasRenderingContext2D;
  draw.fillStyle = '#000';
  draw.fillRect(0, 0, 28, 28);
  draw.fillStyle = draw.strokeStyle = '#fff';
  draw.font = '24px DejaVu Sans';
  draw.translate(14, 14);
  draw.rotate(((seed % 13) - 6) / 22);
  draw.fillText(String((seed * 7) % 10), -8, 9);
  return canvas.toDataURL('image/png');
}

/** What is to be seen, as in scenes.json. */
export interface Scene {
  connection?: Connection;
  /** Documents that arrive one after the other. */
  show?: FixtureOptions[];
  stale?: boolean;
  /** Label and type of the selected node. */
  select?: [label: string, type?: string];
  open?: boolean;
  /** The origin of an item. */
  trace?: string;
  lineage?: boolean;
  cell?: string;
  search?: string;
  /** Id of the tab that is shown. */
  tab?: string;
  choices?: Partial<Choices>;
  /** The number of operations of a large graph, instead of documents. */
  operators?: number;
  /** The documents after the first come as patches. */
  patches?: boolean;
  /** The samples of the selected stream hold a recording and its spectrogram. */
  sound?: boolean;
  /** Laid out again at the end. */
  tidy?: boolean;
  scroll?: number;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits for as many frames as it takes; the test's own limit ends it. */
async function until(isDone: () => boolean): Promise<void> {
  while (!isDone()) await new Promise(requestAnimationFrame);
}

const api = {
  store,
  ui,
  graph,
  panel,
  preferences,
  show(options: FixtureOptions): void {
    store.setConnection({ state: 'live' });
    const once = fixture({ nowMs: Date.now(), ...options });
    const document_ = options.again ? ranAgain(once, options.again) : once;
    store.replace(document_);
    for (const artifact of document_.artifacts) {
      const producer = document_.processes.find((process) => process.id === artifact.producer);
      if (producer && artifact.execution.sampleCount > 0) {
        store.setSamples(artifact.id, samplesOf(producer, artifact.execution.items, thumbnail));
      }
    }
  },
  /** Shows a document as it was saved. */
  showDocument(document_: ProvenanceDocument): void {
    store.setConnection({ state: 'saved' });
    store.replace(document_);
  },
  /** Shows two documents as one graph, in place of what was shown. Returns how long it took until it was drawn. */
  async compare(before: ProvenanceDocument, after: ProvenanceDocument): Promise<number> {
    const place = document.createElement('div');
    place.style.height = '100vh';
    host.replaceWith(place);
    const startMs = performance.now();
    const compared = comparedModel(
      { name: 'monday.provenance.json', document: before },
      { name: 'tuesday.provenance.json', document: after },
    );
    mount(place, { source: compared });
    await until(() => api.canvasIsDrawn() && place.querySelector('[role=treeitem]') !== null);
    await new Promise(requestAnimationFrame);
    return performance.now() - startMs;
  },
  /** As `compare`, of a large document and itself with some steps changed. */
  compareLarge(operators: number): Promise<number> {
    const before = largeDocument(operators);
    const after = structuredClone(before);
    after.processes.forEach((process, i) => {
      if (i % 50 === 7) process.options = { ...process.options, changed: i };
    });
    return api.compare(before, after);
  },
  /** Plays a scene to its end. */
  async stage(scene: Scene): Promise<void> {
    if (scene.connection) store.setConnection(scene.connection);
    if (scene.operators) {
      store.setConnection({ state: 'live' });
      store.replace(largeDocument(scene.operators));
    }
    for (const [i, options] of (scene.show ?? []).entries()) {
      if (scene.patches && i > 0) {
        store.noteClock(Date.now());
        store.apply({ ...fixture({ nowMs: Date.now(), ...options }), cells: null, removed: [] });
        await pause(300);
      } else {
        api.show(options);
        await pause(150);
      }
    }
    if (scene.choices) preferences.set(scene.choices);
    if (scene.stale) store.markStale();
    await pause(400);
    if (scene.select) api.select(...scene.select);
    if (scene.sound) {
      for (const id of graph.node(ui.selected ?? '')?.members ?? []) store.setSamples(id, soundSamples());
    }
    if (scene.trace) ui.trace(scene.trace);
    if (scene.lineage) ui.lineage = true;
    if (scene.cell) ui.activeCell = scene.cell;
    if (scene.search) {
      host.dispatchEvent(new KeyboardEvent('keydown', { key: '/' }));
      const input = document.querySelector<HTMLInputElement>('.stemma-Search-input');
      if (input) {
        input.value = scene.search;
        input.dispatchEvent(new Event('input'));
      }
    }
    if (scene.tab) ui.tab = scene.tab;
    if (scene.open) {
      graph.refresh();
      graph.toggle(graph.groupOf(ui.selected ?? '') ?? '');
    }
    if (scene.tidy) await panel.tidy();
    await pause(500);
    const page = document.querySelector('.stemma-Page:not([hidden])');
    if (scene.scroll && page) page.scrollTop = scene.scroll;
  },
  /** Mounts a second panel, of a run in which a process lacks a part. What it threw, and what of it is left. */
  mountBroken(): { thrown: string; listeners: number; elements: number } {
    const document_ = fixture({ nowMs: Date.now(), progress: 0.5 });
    let words = 0;
    const __: typeof english.__ = (...given) => {
      // Some of the panel stands by then.
      if (++words > 20) throw new TypeError('no more words');
      return english.__(...given);
    };
    const broken = new ProvenanceModel(new SavedSource(document_));
    const [preferences_, host_] = [new Preferences(), document.createElement('div')];
    document.body.append(host_);
    let thrown = '';
    try {
      mount(host_, { source: broken, preferences: preferences_, translate: { ...english, __ } });
    } catch (error) {
      thrown = String(error);
    }
    const listeners = broken.ui.changed.size + preferences_.changed.size;
    return { thrown, listeners, elements: host_.childElementCount };
  },
  /** Mounts another source twice in a second element; returns the calls that the source got, and what is left. */
  async mountTwice(): Promise<{ told: string[]; labels: number[]; elements: number }> {
    const host_ = document.createElement('div');
    document.body.append(host_);
    const told: string[] = [];
    const labels: number[] = [];
    class Source extends SavedSource {
      override connect(sink: DocumentSink): void {
        told.push('connect');
        super.connect(sink);
      }
      override setShown(isShown: boolean): void {
        told.push(isShown ? 'shown' : 'hidden');
      }
      override watch(artifacts: readonly string[]): void {
        told.push(`watch ${artifacts.join(' ')}`.trim());
      }
      override dispose(): void {
        told.push('dispose');
        super.dispose();
      }
    }
    for (const _ of [1, 2]) {
      const view = mount(host_, { source: new Source(fixture({ nowMs: Date.now(), progress: 0.5 })) });
      view.show();
      const items = () => host_.querySelectorAll('[role=treeitem]').length;
      await until(() => items() > 0);
      labels.push(items());
      view.model.ui.select('a21');
      await until(() => told.at(-1) === 'watch a21');
      view.hide();
      view.hide();
      view.show();
      view.dispose();
      view.dispose();
    }
    const elements = host_.childElementCount;
    host_.remove();
    return { told, labels, elements };
  },
  canvasIsDrawn: () => document.querySelector('.stemma-Graph canvas') !== null,
  select(label: string, type = 'process'): void {
    const item = [...document.querySelectorAll<HTMLElement>('[data-node-id]')].find(
      (one) => one.dataset['type'] === type && one.dataset['label']?.startsWith(label),
    );
    ui.select(item?.dataset['nodeId'] ?? null);
  },
};
export type Harness = typeof api;
window.harness = api;
