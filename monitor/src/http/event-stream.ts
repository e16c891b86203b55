import type { ServerResponse } from 'node:http';
import type { Change } from '../record/sessions';

/** What is kept to resume from, in characters and in events. */
const MAX_KEPT = 4 * 1024 * 1024;
const MAX_EVENTS = 1_000;
/** A client that is this many bytes behind is dropped: it gets snapshots when it reconnects. */
const MAX_BEHIND = 8 * 1024 * 1024;
const HEARTBEAT_MS = 15_000;
const MAX_CLIENTS = 200;

interface Frame {
  number: number;
  session: string;
  text: string;
}

interface Client {
  response: ServerResponse;
  session: string | undefined;
}

/**
 * Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): each change is serialised once
 * for all clients; the latest ones are kept, for clients that reconnect.
 */
export class EventStream {
  readonly #clients = new Set<Client>();
  readonly #frames: Frame[] = [];
  #keptChars = 0;
  #number = 0;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(
    /** Makes the ids of events unique to this monitor. */
    private readonly boot: string,
    private readonly onClients: (count: number) => void,
  ) {
    this.#heartbeat = setInterval(() => this.#send(': still here\n\n', undefined), HEARTBEAT_MS);
  }

  get clients(): number {
    return this.#clients.size;
  }

  get isFull(): boolean {
    return this.#clients.size >= MAX_CLIENTS;
  }

  publish(change: Change): void {
    const frame = { number: ++this.#number, session: change.session, text: '' };
    frame.text = this.#format(change, frame.number);
    this.#frames.push(frame);
    this.#keptChars += frame.text.length;
    while (this.#frames.length > MAX_EVENTS || this.#keptChars > MAX_KEPT)
      this.#keptChars -= this.#frames.shift()!.text.length;
    this.#send(frame.text, change.session);
  }

  /**
   * A client begins to follow; `lastId` where it has been here before. `snapshots` are for those who were not, or too
   * long ago.
   */
  add(response: ServerResponse, session: string | undefined, lastId: string, snapshots: () => Change[]): void {
    const client = { response, session };
    const missed = this.#since(lastId);
    response.write('retry: 1000\n\n');
    if (missed === null) this.#writeSnapshots(response, snapshots());
    else for (const frame of missed) if (concerns(client, frame.session)) response.write(frame.text);
    this.#clients.add(client);
    this.onClients(this.#clients.size);
    response.once('close', () => {
      this.#clients.delete(client);
      this.onClients(this.#clients.size);
    });
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const { response } of this.#clients) response.end();
  }

  /** Only the last one has an id: a client that did not get that far must not take it for all. */
  #writeSnapshots(response: ServerResponse, snapshots: Change[]): void {
    snapshots.forEach((change, index) =>
      response.write(this.#format(change, index === snapshots.length - 1 ? this.#number : null)),
    );
  }

  /** The events after `lastId`; null where they are not all known. */
  #since(lastId: string): Frame[] | null {
    const [, boot, text] = /^(\w+)-(\d{1,15})$/.exec(lastId) ?? [];
    const last = Number(text);
    if (boot !== this.boot || last > this.#number) return null;
    const oldest = this.#frames[0]?.number ?? this.#number + 1;
    return last + 1 < oldest ? null : this.#frames.filter(({ number }) => number > last);
  }

  #send(text: string, session: string | undefined): void {
    for (const client of this.#clients) {
      if (session !== undefined && !concerns(client, session)) continue;
      if (client.response.writableLength > MAX_BEHIND) client.response.destroy();
      else client.response.write(text);
    }
  }

  #format(change: Change, number: number | null): string {
    const { kind, ...data } = change;
    const { patch, ...rest } = data as { patch?: object };
    // JSON has no line breaks of its own.
    const id = number === null ? '' : `id: ${this.boot}-${number}\n`;
    return `${id}event: ${kind}\ndata: ${JSON.stringify({ ...rest, ...patch })}\n\n`;
  }
}

const concerns = (client: Client, session: string): boolean =>
  client.session === undefined || client.session === session;
