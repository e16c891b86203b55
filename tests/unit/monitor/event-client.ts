import { type ClientRequest, request } from 'node:http';
import type { RunningMonitor } from 'stemma-monitor';

export interface ServerEvent {
  id: string | null;
  event: string;
  data: { [name: string]: unknown };
}

/** A client of `/events` that remembers what came. */
export class EventClient {
  readonly events: ServerEvent[] = [];
  closed = false;
  readonly #request: ClientRequest;
  #rest = '';
  #changed: (() => void)[] = [];

  constructor(monitor: RunningMonitor, { lastId, path = '/events' }: { lastId?: string; path?: string } = {}) {
    const headers = {
      authorization: `Bearer ${monitor.token}`,
      ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
    };
    this.#request = request(`${monitor.url}/api/v1${path}`, { headers, agent: false }, (response) => {
      response.setEncoding('utf8').on('data', (text: string) => this.#read(text));
      response.on('error', () => undefined);
      response.on('close', () => {
        this.closed = true;
        this.#tell();
      });
    });
    this.#request.on('error', () => undefined);
    this.#request.end();
  }

  /** The id of the last event. */
  get lastId(): string {
    return this.events.filter(({ id }) => id !== null).at(-1)!.id!;
  }

  /** Resolves once what came is as wanted. */
  async until(wanted: (client: EventClient) => boolean): Promise<void> {
    while (!wanted(this)) await new Promise<void>((resolve) => this.#changed.push(resolve));
  }

  close(): void {
    this.#request.destroy();
  }

  #read(text: string): void {
    const blocks = (this.#rest + text).split('\n\n');
    this.#rest = blocks.pop()!;
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line) => {
          const colon = line.indexOf(': ');
          return [line.slice(0, colon), line.slice(colon + 2)] as const;
        }),
      );
      const event = fields.get('event');
      if (event === undefined) continue;
      const data = JSON.parse(fields.get('data')!) as ServerEvent['data'];
      this.events.push({ id: fields.get('id') ?? null, event, data });
    }
    this.#tell();
  }

  #tell(): void {
    for (const resolve of this.#changed.splice(0)) resolve();
  }
}
