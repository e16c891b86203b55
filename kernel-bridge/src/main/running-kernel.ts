import type { Context } from '../cells/context';
import type { Execution } from '../cells/execution';
import { CommManager } from '../comm/comm-manager';
import { type DisplayOptions, KERNEL_KEY, type KernelApi } from '../kernel-api';
import { openWidgets } from '../widgets/open-widgets';
import { toJson } from '../wire/json';
import type { Transport } from './transport';

/** The kernel as user code sees it. */
export class RunningKernel implements KernelApi {
  readonly comm: CommManager;
  #answerInput: ((value: string) => void) | null = null;

  constructor(
    private readonly context: Context,
    private readonly transport: Transport,
  ) {
    this.comm = new CommManager(context, transport);
  }

  /** Puts it where `stemma-kernel` looks for it, and answers pages that ask for widgets. */
  install(): void {
    (globalThis as { [KERNEL_KEY]?: KernelApi })[KERNEL_KEY] = this;
    openWidgets();
  }

  display(data: Record<string, unknown>, { metadata = {}, id, update = false }: DisplayOptions = {}): void {
    this.sendDisplay({ data, metadata, transient: id === undefined ? {} : { display_id: id } }, update);
  }

  /** Content as tslab makes it, too. */
  sendDisplay(content: Record<string, unknown>, update: boolean): void {
    const owner = this.context.current;
    if (owner?.silent === true) return;
    this.transport.send(update ? 'update_display_data' : 'display_data', content, owner);
  }

  clearOutput(wait = false): void {
    this.transport.send('clear_output', { wait }, this.context.current);
  }

  async input(prompt = '', { password = false }: { password?: boolean } = {}): Promise<string> {
    const owner = this.context.current;
    if (owner?.allowStdin !== true) throw new Error('this front end cannot ask for input: put the value into the cell');
    const answer = new Promise<string>((resolve) => (this.#answerInput = resolve));
    const content = toJson({ prompt, password });
    const { parent, idents } = owner;
    this.transport.post({ kind: 'send', channel: 'stdin', type: 'input_request', content, parent, idents });
    return answer;
  }

  /** The user's answer. */
  receiveInput(value: string): void {
    this.#answerInput?.(value);
    this.#answerInput = null;
  }

  page(text: string): void {
    const owner: Execution | null = this.context.current;
    owner?.payload.push({ source: 'page', data: { 'text/plain': String(text) }, start: 0 });
  }
}
