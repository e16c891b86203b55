import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Json } from './json';
import { isDeeperThan } from './levels';
import { SeenDigests } from './seen-digests';

/** A JSON object of which we know nothing yet. */
export type Content = Record<string, unknown>;

/** The header of a Jupyter message; fields beyond these are kept, because a reply repeats them all. */
export interface Header extends Content {
  msg_id: string;
  msg_type: string;
  session: string;
}

export interface Message {
  idents: Uint8Array[];
  header: Header;
  metadata: Content;
  content: Content;
  /** Raw frames after the content. They are not signed. */
  buffers: Uint8Array[];
}

/** What the kernel speaks. 5.5 is the first with `supported_features`. */
export const PROTOCOL_VERSION = '5.5';

/** Beyond what any client sends, and well within what can be passed on. */
const MAX_LEVELS = 1_000;

const DELIMITER = Buffer.from('<IDS|MSG>');

/** A message that came from a client of ours, and whose metadata or content cannot be read. */
export class UnreadableMessage extends Error {
  constructor(
    readonly idents: Uint8Array[],
    readonly header: Header,
    reason: string,
  ) {
    super(reason);
    this.name = 'UnreadableMessage';
  }
}

/** What a message is made of. Text is cheaper than bytes to hand to zeromq.js, which copies it once. */
export type Frame = string | Uint8Array;

/**
 * Turns messages into signed frames and back (https://jupyter-client.readthedocs.io/en/latest/messaging.html).
 *
 * All messages carry one session id, replies included: JupyterLab drops messages where the ids on one kernel differ.
 */
export class Codec {
  readonly session = randomUUID();
  readonly #prefix = `${this.session}_`;
  readonly #seen = new SeenDigests();
  #count = 0;

  /** An empty key: nothing is signed or checked, as the protocol says. */
  constructor(private readonly key: string) {}

  encode(
    type: string,
    content: Json,
    parent: Header | null,
    { metadata = '{}', idents = [], buffers = [] }: { metadata?: Json; idents?: Frame[]; buffers?: Uint8Array[] },
  ): Frame[] {
    const header = {
      msg_id: this.#prefix + ++this.#count,
      session: this.session,
      username: 'kernel',
      date: new Date().toISOString(),
      msg_type: type,
      version: PROTOCOL_VERSION,
    };
    const body = [JSON.stringify(header), JSON.stringify(parent ?? {}), metadata, content];
    return [...idents, DELIMITER, this.#sign(body), ...body, ...buffers];
  }

  /**
   * Throws, with the reason, where the frames are not a message, the signature is wrong, or the message is a duplicate;
   * an `UnreadableMessage` where the sender can get a reply.
   */
  decode(frames: Uint8Array[]): Message {
    const at = frames.findIndex((frame) => DELIMITER.equals(frame));
    if (at < 0) throw new Error('no <IDS|MSG> delimiter');
    const idents = frames.slice(0, at);
    const [signature, ...rest] = frames.slice(at + 1);
    if (signature === undefined || rest.length < 4) throw new Error(`only ${rest.length} of 4 parts`);
    const body = rest.slice(0, 4);
    this.#checkSignature(signature, body);
    const [headerFrame, , metadataFrame, contentFrame] = body as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const header = parse(headerFrame, 'header');
    if (!isHeader(header)) throw new Error('the header has no msg_id, msg_type or session');
    try {
      const metadata = parse(metadataFrame, 'metadata');
      const content = parse(contentFrame, 'content');
      if (!isObject(metadata) || !isObject(content)) throw new Error('metadata or content is not an object');
      return { idents, header, metadata, content, buffers: rest.slice(4) };
    } catch (error) {
      throw new UnreadableMessage(idents, header, (error as Error).message);
    }
  }

  #sign(body: Frame[]): string {
    if (this.key === '') return '';
    const hmac = createHmac('sha256', this.key);
    for (const part of body) hmac.update(part);
    return hmac.digest('hex');
  }

  #checkSignature(signature: Uint8Array, body: Uint8Array[]): void {
    const digest = this.#sign(body);
    if (digest === '') return;
    const expected = Buffer.from(digest);
    if (expected.length !== signature.length || !timingSafeEqual(expected, signature))
      throw new Error('wrong signature');
    if (!this.#seen.add(digest)) throw new Error('the same message came before');
  }
}

function parse(frame: Uint8Array, part: string): unknown {
  if (isDeeperThan(MAX_LEVELS, frame)) throw new Error(`its ${part} has more than ${MAX_LEVELS} levels`);
  try {
    return JSON.parse(Buffer.from(frame).toString());
  } catch (error) {
    throw new Error(`its ${part} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** True for a JSON object (not null, not a list). */
export function isObject(value: unknown): value is Content {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isHeader(value: unknown): value is Header {
  return (
    isObject(value) && [value['msg_id'], value['msg_type'], value['session']].every((part) => typeof part === 'string')
  );
}
