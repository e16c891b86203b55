import type { Header } from '../wire/message';

type Name = 'stdout' | 'stderr';

/** Text is joined for this long; jupyter_server drops what exceeds 1,000 messages per second. */
const JOIN_MS = 20;
const MAX_LENGTH = 64 * 1024;

/**
 * Joins text that is printed in quick succession into one `stream` message. The first piece after a pause goes out at
 * once. `flush` before anything else is sent, so that the order stays.
 */
export class StreamJoiner {
  #name: Name = 'stdout';
  #parent: Header | null = null;
  #pieces: string[] = [];
  #length = 0;
  #sentMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly send: (name: Name, text: string, parent: Header | null) => void) {}

  add(name: Name, text: string, parent: Header | null): void {
    if (this.#pieces.length > 0 && (name !== this.#name || parent?.msg_id !== this.#parent?.msg_id)) this.flush();
    this.#name = name;
    this.#parent = parent;
    this.#pieces.push(text);
    this.#length += text.length;
    const restMs = this.#sentMs + JOIN_MS - performance.now();
    if (restMs <= 0 || this.#length >= MAX_LENGTH) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), restMs);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#pieces.length === 0) return;
    const text = this.#pieces.join('');
    this.#pieces = [];
    this.#length = 0;
    this.#sentMs = performance.now();
    this.send(this.#name, text, this.#parent);
  }
}
