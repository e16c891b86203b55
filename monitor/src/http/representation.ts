import { gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const MIN_GZIP_BYTES = 1_024;

/** One answer, ready to be sent, as often as it is asked for. */
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

/** The latest answers: while nothing changes they are made once, whoever asks. */
export class Representations {
  readonly #known = new Map<string, { tag: string; representation: Representation }>();

  constructor(
    /** Makes tags unique to this monitor. */
    private readonly boot: string,
    private readonly limit = 64,
  ) {}

  /** `key`: what was asked for; `tag`: the state that it was asked of. */
  get(key: string, tag: string, make: (tag: string) => Representation): Representation {
    const known = this.#known.get(key);
    if (known?.tag === tag) return known.representation;
    const representation = make(`${this.boot}-${tag}`);
    this.#known.delete(key);
    this.#known.set(key, { tag, representation });
    if (this.#known.size > this.limit) this.#known.delete(this.#known.keys().next().value!);
    return representation;
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
