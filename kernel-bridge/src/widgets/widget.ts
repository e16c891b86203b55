import { randomUUID } from 'node:crypto';
import type { Comm, CommMessage } from '../comm/types';
import { currentKernel } from '../kernel-api';
import { isObject } from '../wire/message';
import { joinState, splitState } from './binary-state';
import { type Model, openWidgets } from './open-widgets';

/** https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md */
const TARGET = 'jupyter.widget';
const PROTOCOL_VERSION = '2.1.0';
/** What anywidget's front end is asked for; it takes any version. */
const ANYWIDGET_VERSION = '*';
const DISPLAY = Symbol.for('Jupyter.display');
/** Cells are compiled so that their awaits can be stopped; in the page nothing stands behind that name. */
const PAGE_PRELUDE = 'const __tslab__ = { wait: (value) => value, each: (items) => items };\n';

export interface WidgetOptions<State> {
  /** What kernel and page share: JSON values, and typed arrays and array buffers at any depth. */
  state: State;
  /**
   * Draws it, in the page: a function that uses nothing from around it, since its source is sent. `model` has `get`,
   * `set`, `save_changes`, `on` and `send` (https://anywidget.dev/en/afm/). A function that it returns is called when
   * the view goes.
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- objects of the page, whose types a cell does not have
  render?: (context: { model: any; el: any }) => unknown;
  /**
   * In place of `render`: an ES module, as text or as a URL, whose default export has `render`, `initialize` or both.
   */
  esm?: string;
  css?: string;
}

/**
 * A widget with its state in this kernel and its picture in the page, both ways, by anywidget's front end (`pip install
 * anywidget` where JupyterLab runs). Shown where it is the last value of a cell.
 *
 * @example
 * const slider = widget({
 *   state: { value: 3 },
 *   render: ({ model, el }) => {
 *     const input = Object.assign(el.ownerDocument.createElement('input'), { type: 'range', value: model.get('value') });
 *     input.oninput = () => { model.set('value', input.valueAsNumber); model.save_changes(); };
 *     model.on('change:value', () => { input.value = model.get('value'); });
 *     el.append(input);
 *   },
 * });
 * slider.on('value', (value) => console.log(value));
 * slider.set({ value: 5 });
 * slider
 */
export class Widget<State extends object = Record<string, unknown>> implements Model {
  readonly #comm: Comm;
  readonly #state: Record<string, unknown>;
  readonly #traits: Record<string, unknown>;
  readonly #handlers = new Map<string, Set<(value: never) => void>>();
  #onCustom: ((content: unknown, buffers: Uint8Array[]) => void) | null = null;

  constructor({ state, render, esm, css = '' }: WidgetOptions<State>) {
    if ((render === undefined) === (esm === undefined)) throw new TypeError('a widget needs either "render" or "esm"');
    this.#state = { ...state } as Record<string, unknown>;
    this.#traits = {
      _model_module: 'anywidget',
      _model_name: 'AnyModel',
      _model_module_version: ANYWIDGET_VERSION,
      _view_module: 'anywidget',
      _view_name: 'AnyView',
      _view_module_version: ANYWIDGET_VERSION,
      _view_count: null,
      _anywidget_id: randomUUID(),
      _esm: esm ?? `${PAGE_PRELUDE}export default { render: ${methodSource(render!)} };`,
      _css: css,
    };
    const { buffers, ...data } = splitState(this.everything());
    this.#comm = currentKernel().comm.open(TARGET, data, { buffers, metadata: { version: PROTOCOL_VERSION } });
    this.#comm.onMsg((message) => this.#receive(message));
    this.#comm.onClose(() => void openWidgets().delete(this.id));
    openWidgets().set(this.id, this);
  }

  /** Also the id of its comm. */
  get id(): string {
    return this.#comm.id;
  }

  /** State and what says how it is drawn. */
  everything(): Record<string, unknown> {
    return { ...this.#traits, ...this.#state };
  }

  get<K extends keyof State & string>(name: K): State[K] {
    return this.#state[name] as State[K];
  }

  /** Changes values here and in every view of it. Handlers of `on` are not called: the change is the kernel's own. */
  set(changes: Partial<State>): void {
    Object.assign(this.#state, changes);
    this.#update('update', changes as Record<string, unknown>);
  }

  /** Calls `handler` when the page changed a value. Returns a function that ends it. */
  on<K extends keyof State & string>(name: K, handler: (value: State[K]) => void): () => void {
    const handlers = this.#handlers.get(name) ?? new Set();
    this.#handlers.set(name, handlers.add(handler as (value: never) => void));
    return () => void handlers.delete(handler as (value: never) => void);
  }

  /** Sends a message of your own to the page, where `model.on('msg:custom', …)` gets it. */
  send(content: unknown, buffers: Uint8Array[] = []): void {
    this.#comm.send({ method: 'custom', content }, { buffers });
  }

  /** Called with what the page sends with `model.send`. */
  onCustom(handler: (content: unknown, buffers: Uint8Array[]) => void): void {
    this.#onCustom = handler;
  }

  /** Takes it out of every page. */
  close(): void {
    openWidgets().delete(this.id);
    this.#comm.close();
  }

  [DISPLAY](): Record<string, unknown> {
    return {
      'text/plain': 'a widget, which needs the Python package anywidget where JupyterLab runs',
      'application/vnd.jupyter.widget-view+json': { version_major: 2, version_minor: 0, model_id: this.id },
    };
  }

  #receive({ data, buffers }: CommMessage): void {
    switch (data['method']) {
      case 'update':
        return this.#change(data, buffers);
      case 'request_state':
        return this.#update('update', this.everything());
      case 'custom':
        return this.#onCustom?.(data['content'], buffers);
    }
  }

  #change({ state: changes, buffer_paths: paths }: Record<string, unknown>, buffers: Uint8Array[]): void {
    if (!isObject(changes)) return;
    joinState(changes, paths, buffers);
    const known = Object.entries(changes).filter(([name]) => Object.hasOwn(this.#state, name));
    Object.assign(this.#state, Object.fromEntries(known));
    // Other pages with the same widget follow.
    this.#update('echo_update', changes);
    for (const [name, value] of known) {
      for (const handler of this.#handlers.get(name) ?? []) handler(value as never);
    }
  }

  #update(method: 'update' | 'echo_update', changes: Record<string, unknown>): void {
    const { buffers, ...data } = splitState(changes);
    this.#comm.send({ method, ...data }, { buffers });
  }
}

/** Makes a widget: see `Widget`. */
export function widget<State extends object>(options: WidgetOptions<State>): Widget<State> {
  return new Widget(options);
}

/** A function's source as a value: that of a method lacks the word. */
function methodSource(fn: (...args: never[]) => unknown): string {
  const source = Function.prototype.toString.call(fn);
  const isValue = /^(?:async\s*)?(?:function\b|\(|[\w$]+\s*=>)/.test(source);
  return isValue ? source : source.replace(/^(async\s+)?/, '$1function ');
}
