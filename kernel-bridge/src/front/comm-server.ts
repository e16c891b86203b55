import { COMM_TARGET } from 'stemma-document';
import type { LivePublisher } from '../live/live-publisher';
import type { CommType, ToMain } from '../threads/messages';
import type { Content, Header, Message } from '../wire/message';
import type { CommRegistry } from './comm-registry';
import type { Publisher } from './publisher';
import { textOf } from '../wire/text-of';

/**
 * Comm messages of the front end. Those of the target `stemma` are served here, also while a cell blocks; those of
 * other targets go to the main thread, where their handlers are; an unknown target gets a comm_close.
 */
export class CommServer {
  readonly #ours = new Set<string>();
  /** The message being served: what is sent meanwhile belongs to it. */
  #parent: Header | null = null;

  constructor(
    private readonly registry: CommRegistry,
    private readonly publisher: Publisher,
    private readonly live: () => LivePublisher,
    private readonly post: (message: ToMain) => void,
  ) {}

  receive(type: CommType, message: Message): void {
    const { header, content } = message;
    const id = textOf(content['comm_id']);
    const target = textOf(content['target_name']);
    const isOpen = type === 'comm_open';
    const isOurs = isOpen ? target === COMM_TARGET : this.#ours.has(id);
    if (!isOurs && (isOpen ? this.registry.hasTarget(target) : this.registry.has(id))) {
      if (isOpen) this.registry.add(id, target);
      if (type === 'comm_close') this.registry.remove(id);
      this.post({ ...message, type, kind: 'comm' });
      return;
    }
    this.publisher.status('busy', header);
    this.#parent = header;
    if (isOurs) this.#serve(type, id, content['data']);
    else if (isOpen) this.send('comm_close', id, {});
    this.#parent = null;
    this.publisher.status('idle', header);
  }

  send(type: CommType, id: string, data: Content, buffers?: Uint8Array[]): void {
    this.publisher.iopub(type, { comm_id: id, data }, this.#parent, buffers);
  }

  #serve(type: CommType, id: string, data: unknown): void {
    switch (type) {
      case 'comm_open':
        if (!this.live().open(id, data)) return;
        this.#ours.add(id);
        this.registry.add(id, COMM_TARGET);
        break;
      case 'comm_msg':
        this.live().receive(id, data);
        break;
      case 'comm_close':
        this.#ours.delete(id);
        this.registry.remove(id);
        this.live().close(id);
        break;
    }
  }
}
