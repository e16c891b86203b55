import { currentKernel } from '../kernel-api';
import { splitState } from './binary-state';
import { CONTROL_TARGET } from './control-target';

const KEY = Symbol.for('stemma.widgets');

export interface Model {
  readonly id: string;
  everything(): Record<string, unknown>;
}

/** The kernel's open widgets by id; one list, also where two copies of this package were loaded. */
export function openWidgets(): Map<string, Model> {
  const shared = globalThis as { [KEY]?: Map<string, Model> };
  if (shared[KEY] === undefined) {
    shared[KEY] = new Map();
    replyToReloadedPages(shared[KEY]);
  }
  return shared[KEY];
}

/** A reloaded page requests all models at once. */
function replyToReloadedPages(widgets: Map<string, Model>): void {
  currentKernel().comm.registerTarget(CONTROL_TARGET, (comm) => {
    comm.onMsg(({ data }) => {
      if (data['method'] !== 'request_states') return;
      const states = Object.fromEntries([...widgets.values()].map((model) => [model.id, describe(model)]));
      const { state, buffer_paths, buffers } = splitState(states);
      comm.send({ method: 'update_states', states: state, buffer_paths }, { buffers });
    });
  });
}

function describe(model: Model): Record<string, unknown> {
  const state = model.everything();
  return {
    model_name: state['_model_name'],
    model_module: state['_model_module'],
    model_module_version: state['_model_module_version'],
    state,
  };
}
