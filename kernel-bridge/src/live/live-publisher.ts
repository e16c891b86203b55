import type { KernelMessage } from 'stemma';
import {
  LiveDocument,
  type NoticeMessage,
  PROTOCOL_VERSION,
  type ReplyMessage,
  type RequestMessage,
  type RequestName,
} from 'stemma-document';
import type { SampleUpdate, ToFront, ToMain } from '../threads/messages';
import { isObject } from '../wire/message';
import type { Busy } from './busy-watch';
import { Page, type Unnumbered } from './page';
import { parsePageMessage } from './page-message';

/** How many artifacts that are no longer watched keep their samples. */
const MAX_CACHED_SAMPLES = 50;

export interface LiveOptions {
  post(message: ToMain): void;
  /** Sends a comm_msg. */
  send(commId: string, data: KernelMessage, buffers: Uint8Array[]): void;
  /** Sends a comm_close. */
  close(commId: string, error: string): void;
  busy(): Busy;
}

/**
 * The kernel's side of docs/reference/protocol.md: pages come and go, the main thread delivers what the recorder knows,
 * and a page gets its snapshot from here, also while the main thread is in an endless loop.
 */
export class LivePublisher {
  readonly #document = new LiveDocument();
  readonly #pages = new Map<string, Page>();
  readonly #samples = new Map<string, SampleUpdate>();
  readonly #requests = new Map<number, { page: Page; type: RequestName; request: string }>();
  #tickets = 0;

  constructor(private readonly options: LiveOptions) {}

  /** False where the page speaks another version; the comm is then closed. */
  open(commId: string, hello: unknown): boolean {
    const version = isObject(hello) ? hello['protocol'] : undefined;
    if (version !== PROTOCOL_VERSION) {
      const error = `this kernel speaks version ${PROTOCOL_VERSION} of the protocol, the page asked for ${String(version)}`;
      this.options.close(commId, error);
      return false;
    }
    const page = new Page(commId, (data, buffers) => this.options.send(commId, data, buffers));
    page.isPaused = isObject(hello) && hello['paused'] === true;
    this.#pages.set(commId, page);
    if (!page.isPaused) this.#sendSnapshot(page);
    this.#tellMain();
    return true;
  }

  close(commId: string): void {
    const page = this.#pages.get(commId);
    this.#pages.delete(commId);
    for (const [ticket, request] of this.#requests) if (request.page === page) this.#requests.delete(ticket);
    this.#tellMain();
  }

  receive(commId: string, data: unknown): void {
    const page = this.#pages.get(commId);
    if (page === undefined) return;
    try {
      const message = parsePageMessage(data);
      if (message === null) return;
      if ('request' in message) this.#ask(page, message);
      else this.#obey(page, message);
    } catch (error) {
      const request = isObject(data) && typeof data['request'] === 'string' ? data['request'] : null;
      page.send({ type: 'error', message: (error as Error).message, request });
    }
  }

  session({ document }: Extract<ToFront, { kind: 'session' }>): void {
    this.#document.replace(document);
    this.#samples.clear();
    for (const page of this.#pages.values()) if (!page.isPaused) this.#sendSnapshot(page);
  }

  record({ createdMs, patch, samples }: Extract<ToFront, { kind: 'record' }>): void {
    if (patch !== null) this.#document.apply(patch);
    for (const page of this.#pages.values()) {
      if (patch !== null && !page.isPaused) page.send({ type: 'patch', ...patch, createdMs });
    }
    for (const update of samples) this.#keep(update, createdMs);
  }

  /** The reply of the main thread, for the page that asked, unless it has closed. */
  reply({ ticket, outcome }: Extract<ToFront, { kind: 'reply' }>): void {
    const asked = this.#requests.get(ticket);
    this.#requests.delete(ticket);
    if (asked === undefined) return;
    const { page, type, request } = asked;
    if ('error' in outcome) page.send({ type: 'error', message: outcome.error, request });
    else page.send({ type, request, ...outcome.reply } as Unnumbered<ReplyMessage>);
  }

  status(busy: Busy): void {
    for (const page of this.#pages.values()) if (!page.isPaused) page.sendStatus(busy);
  }

  /** The recorder serves it, in the main thread. */
  #ask(page: Page, message: RequestMessage): void {
    const ticket = ++this.#tickets;
    this.#requests.set(ticket, { page, type: message.type, request: message.request });
    this.options.post({ kind: 'query', ticket, request: message });
  }

  #obey(page: Page, notice: NoticeMessage): void {
    switch (notice.type) {
      case 'resync':
        this.#sendSnapshot(page);
        break;
      case 'watch':
        page.watched = notice.artifacts;
        if (!page.isPaused) this.#sendWatched(page);
        this.#tellMain();
        break;
      case 'pause':
        page.isPaused = true;
        this.#tellMain();
        break;
      case 'resume':
        page.isPaused = false;
        this.#sendSnapshot(page);
        this.#sendWatched(page);
        this.#tellMain();
        break;
    }
  }

  #keep(update: SampleUpdate, createdMs: number): void {
    this.#samples.delete(update.artifact);
    this.#samples.set(update.artifact, update);
    if (this.#samples.size > MAX_CACHED_SAMPLES) this.#samples.delete(this.#samples.keys().next().value!);
    for (const page of this.#pages.values()) {
      if (!page.isPaused && page.watched.includes(update.artifact)) sendSamples(page, update, createdMs);
    }
  }

  #sendSnapshot(page: Page): void {
    page.send({ type: 'snapshot', protocol: PROTOCOL_VERSION, document: this.#document.snapshot() });
    const busy = this.options.busy();
    if (busy.busySinceMs !== null) page.sendStatus(busy);
  }

  #sendWatched(page: Page): void {
    for (const id of page.watched) {
      const known = this.#samples.get(id);
      if (known !== undefined) sendSamples(page, known);
    }
  }

  #tellMain(): void {
    const listening = [...this.#pages.values()].filter((page) => !page.isPaused);
    const watched = [...new Set(listening.flatMap((page) => page.watched))];
    this.options.post({ kind: 'listeners', count: listening.length, watched });
  }
}

function sendSamples(page: Page, { buffers, ...samples }: SampleUpdate, createdMs?: number): void {
  page.send({ type: 'samples', ...samples, createdMs }, buffers);
}
