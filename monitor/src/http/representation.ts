import { gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const MIN_GZIP_BYTES = 1_024;

/** One response, ready to be sent any number of times. */
export class Representation {
  readonly #body: Buffer;
  #gzip: Buffer | null = null;

  constructor(
    body: string | Buffer,
    private readonly type: string,
    /** The same for the same content; null where it is not worth asking whether it changed. */
    private readonly tag: string | null,
  ) {
    this.#body = Buffer.from(body);
  }

  static json(value: unknown, tag: string | null = null): Representation {
    return new Representation(JSON.stringify(value), 'application/json; charset=utf-8', tag);
  }

  /** What it takes, compressed too where somebody asked for that. */
  get bytes(): number {
    return this.#body.length + (this.#gzip?.length ?? 0);
  }

  send(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const etag = this.tag === null ? null : `W/"${this.tag}"`;
    reply
      .header('cache-control', this.tag === null ? 'no-store' : 'private, no-cache')
      .header('vary', 'accept-encoding');
    if (etag !== null) reply.header('etag', etag);
    if (etag !== null && matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
    reply.type(this.type);
    if (this.#body.length < MIN_GZIP_BYTES || !acceptsGzip(request)) return reply.send(this.#body);
    return reply.header('content-encoding', 'gzip').send((this.#gzip ??= gzipSync(this.#body)));
  }
}

/** Maximum size of the cached responses, in bytes; the newest is kept whatever its size. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Caches the latest responses: while nothing changes, each is made once for all clients. */
export class Representations {
  readonly #known = new Map<string, { tag: string; representation: Representation }>();

  constructor(
    /** Makes tags unique to this monitor. */
    private readonly boot: string,
    private readonly limit = { responses: 64, bytes: MAX_BYTES },
  ) {}

  /** `key`: what was asked for; `tag`: the state that it was asked of. */
  get(key: string, tag: string, make: (tag: string) => Representation): Representation {
    const known = this.#known.get(key);
    if (known?.tag === tag) return known.representation;
    const representation = make(`${this.boot}-${tag}`);
    this.#known.delete(key);
    this.#known.set(key, { tag, representation });
    while (this.#known.size > 1 && (this.#known.size > this.limit.responses || this.bytes > this.limit.bytes))
      this.#known.delete(this.#known.keys().next().value!);
    return representation;
  }

  /** What is kept. */
  get bytes(): number {
    return [...this.#known.values()].reduce((sum, { representation }) => sum + representation.bytes, 0);
  }
}

function matches(header: string | undefined, etag: string): boolean {
  const weak = (tag: string): string => tag.trim().replace(/^W\//, '');
  return header !== undefined && (header.trim() === '*' || header.split(',').some((tag) => weak(tag) === weak(etag)));
}

function acceptsGzip({ headers }: FastifyRequest): boolean {
  const accepted = String(headers['accept-encoding'] ?? '').split(',');
  return accepted.some((one) => /^\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(one));
}
