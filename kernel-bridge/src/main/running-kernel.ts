import { checkedBundle } from '../cells/checked-bundle';
import type { Context } from '../cells/context';
import type { Execution } from '../cells/execution';
import { jsonValue } from '../cells/json-value';
import { nameOf } from '../cells/name-of';
import { CommManager } from '../comm/comm-manager';
import { type DisplayOptions, KERNEL_KEY, type KernelApi } from '../kernel-api';
import { openWidgets } from '../widgets/open-widgets';
import { toJson } from '../wire/json';
import { isObject } from '../wire/message';
import type { Transport } from '../threads/transport';

/** The kernel as user code sees it. */
export class RunningKernel implements KernelApi {
  readonly comm: CommManager;
  #resolveInput: ((value: string) => void) | null = null;

  constructor(
    private readonly context: Context,
    private readonly transport: Transport,
  ) {
    this.comm = new CommManager(context, transport);
  }

  /** Puts it where `stemma-kernel` looks for it, and replies to pages that request widgets. */
  install(): void {
    (globalThis as { [KERNEL_KEY]?: KernelApi })[KERNEL_KEY] = this;
    openWidgets();
  }

  display(data: Record<string, unknown>, options: DisplayOptions = {}): void {
    if (typeof options !== 'object' || options === null) {
      throw new TypeError(`invalid options of display: expected an object, got ${nameOf(options)}`);
    }
    const { metadata = {}, id, update = false } = options;
    if (id !== undefined && typeof id !== 'string') {
      throw new TypeError(`invalid id of display: expected text, got ${nameOf(id)}`);
    }
    if (update && id === undefined) throw new TypeError('an update needs the "id" of the display that it replaces');
    this.sendDisplay({ data, metadata, transient: id === undefined ? {} : { display_id: id } }, update);
  }

  /** Content as tslab makes it, too. */
  sendDisplay({ data, metadata, transient }: Record<string, unknown>, update: boolean): void {
    const content = { data: checkedBundle(data, 'output'), metadata: checkedMetadata(metadata), transient };
    const owner = this.context.current;
    if (owner?.silent === true) return;
    this.transport.send(update ? 'update_display_data' : 'display_data', content, owner);
  }

  clearOutput(wait = false): void {
    this.transport.send('clear_output', { wait: Boolean(wait) }, this.context.current);
  }

  async input(prompt = '', { password = false }: { password?: boolean } = {}): Promise<string> {
    const owner = this.context.current;
    if (owner?.allowStdin !== true) throw new Error('this front end cannot ask for input: put the value into the cell');
    const input = new Promise<string>((resolve) => (this.#resolveInput = resolve));
    const content = toJson({ prompt: String(prompt), password: Boolean(password) });
    const { parent, idents } = owner;
    this.transport.post({ kind: 'send', channel: 'stdin', type: 'input_request', content, parent, idents });
    return input;
  }

  /** The user's input. */
  receiveInput(value: string): void {
    this.#resolveInput?.(value);
    this.#resolveInput = null;
  }

  page(text: string): void {
    const owner: Execution | null = this.context.current;
    owner?.payload.push({ source: 'page', data: { 'text/plain': String(text) }, start: 0 });
  }
}

function checkedMetadata(metadata: unknown): Record<string, unknown> {
  if (!isObject(metadata))
    throw new TypeError(`invalid metadata of an output: expected an object, got ${nameOf(metadata)}`);
  return jsonValue(metadata, 'invalid metadata of an output') as Record<string, unknown>;
}
