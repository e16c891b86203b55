import { CONTROL_TARGET } from '../widgets/control-target';

/**
 * Which comms are open and which targets the main thread has; kept beside the sockets so that it can reply while a cell
 * blocks.
 */
export class CommRegistry {
  readonly #comms = new Map<string, string>();
  /**
   * Pages ask for widgets as soon as the sockets are there, before the main thread is. A refusal would reach every
   * page, and those that did not ask would complain.
   */
  readonly #targets = new Set([CONTROL_TARGET]);

  setTarget(name: string, registered: boolean): void {
    if (registered) this.#targets.add(name);
    else this.#targets.delete(name);
  }

  hasTarget(name: string): boolean {
    return this.#targets.has(name);
  }

  add(id: string, target: string): void {
    this.#comms.set(id, target);
  }

  remove(id: string): void {
    this.#comms.delete(id);
  }

  has(id: string): boolean {
    return this.#comms.has(id);
  }

  /** Content of a `comm_info_reply`. */
  info(target: unknown): { status: 'ok'; comms: Record<string, { target_name: string }> } {
    const all = [...this.#comms].filter(([, name]) => typeof target !== 'string' || name === target);
    return { status: 'ok', comms: Object.fromEntries(all.map(([id, name]) => [id, { target_name: name }])) };
  }
}
