/** A page that shows the panel's views without JupyterLab, fed by a made-up run. Read by `stand.ts`. */
import { GraphModel } from '../../extension/src/graph/graph-model';
import { ProvenanceStore } from '../../extension/src/model/store';
import { UiState } from '../../extension/src/model/ui-state';
import { english } from '../../extension/src/views/context';
import { PanelView } from '../../extension/src/views/panel';
import { fixture, samplesOf, type FixtureOptions } from './fixture';

const store = new ProvenanceStore();
const ui = new UiState();
const graph = new GraphModel(store);
const host = document.getElementById('panel') as HTMLElement;
const panel = new PanelView(host, {
  store,
  graph,
  ui,
  trans: english,
  actions: { revealCell: () => true, exportDocument: () => undefined },
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

const api = {
  store,
  ui,
  graph,
  panel,
  show(options: FixtureOptions): void {
    store.setConnection({ state: 'live' });
    const document_ = fixture({ nowMs: Date.now(), ...options });
    store.replace(document_);
    for (const artifact of document_.artifacts) {
      const producer = document_.processes.find((process) => process.id === artifact.producer);
      if (producer && artifact.execution.sampleCount > 0) {
        store.setSamples(artifact.id, samplesOf(producer, artifact.execution.items, thumbnail));
      }
    }
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
