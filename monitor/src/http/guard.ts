import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HttpProblem } from './problems';

export interface GuardOptions {
  token: string;
  /** Names that the Host header may have, in lower case. */
  names: readonly string[];
  isSecure: boolean;
  /** The port that it listens on; 0 before. */
  port(): number;
}

/** A second, from one address. Counted apart, so that guessing does not keep out who has the token. */
const MAX_REQUESTS = 300;
const MAX_FAILURES = 50;

/**
 * Who may send requests: only clients with the token, in the header or by the cookie that the start link sets, and only
 * under a name of this server, so that another site's page gains nothing by pointing its own name here (DNS rebinding).
 *
 * The cookie is not the token but derived from it, and for reading only: browsers send it to every port of the machine.
 */
export class Guard {
  readonly #token: Buffer;
  readonly #cookie: Buffer;
  readonly #cookieValue: string;
  #requests: Limiter | null = null;
  #failures: Limiter | null = null;

  constructor(private readonly options: GuardOptions) {
    this.#cookieValue = createHmac('sha256', options.token).update('cookie').digest('base64url');
    this.#token = digest(options.token);
    this.#cookie = digest(this.#cookieValue);
  }

  /** Refuses what may not ask; to be called before anything else looks at a request. */
  install(app: FastifyInstance): void {
    this.#requests = limiter(app, MAX_REQUESTS, 'too many requests');
    this.#failures = limiter(app, MAX_FAILURES, 'too many wrong tokens');
    app.addHook('onRequest', (request) => this.check(request));
  }

  /** @throws HttpProblem where the request is refused. */
  async check(request: FastifyRequest): Promise<void> {
    this.#checkAddress(request);
    if (this.#isAdmitted(request)) return this.#requests?.(request);
    await this.#failures?.(request);
    throw new HttpProblem(
      401,
      request.headers.authorization === undefined
        ? 'show the token: open the link that monitor.start() returned, or send it as "Authorization: Bearer TOKEN"'
        : 'the token is wrong: expected the one that monitor.start() returned, as "Authorization: Bearer TOKEN"',
      { 'www-authenticate': 'Bearer realm="stemma-monitor"' },
    );
  }

  /** True where a start link brings the token. */
  isStartLink(request: FastifyRequest): boolean {
    if (request.routeOptions.url !== '/') return false;
    const { token } = request.query as { token?: unknown };
    return typeof token === 'string' && equal(token, this.#token);
  }

  setCookie(reply: FastifyReply): void {
    const secure = this.options.isSecure ? '; Secure' : '';
    void reply.header(
      'set-cookie',
      `${this.#cookieName}=${this.#cookieValue}; Path=/; HttpOnly; SameSite=Lax${secure}`,
    );
  }

  /** Whether the token itself was shown. */
  hasToken(request: FastifyRequest): boolean {
    const [, token] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
    return token !== undefined && equal(token, this.#token);
  }

  #isAdmitted(request: FastifyRequest): boolean {
    return this.hasToken(request) || this.#hasCookie(request) || this.isStartLink(request);
  }

  #hasCookie(request: FastifyRequest): boolean {
    const prefix = `${this.#cookieName}=`;
    const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
    return cookies.some((cookie) => cookie.startsWith(prefix) && equal(cookie.slice(prefix.length), this.#cookie));
  }

  #checkAddress({ headers }: FastifyRequest): void {
    const { host = '', origin } = headers;
    const scheme = this.options.isSecure ? 'https' : 'http';
    const url = URL.canParse(`${scheme}://${host}`) ? new URL(`${scheme}://${host}`) : null;
    const name = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
    const ownPort = this.options.isSecure ? /:443$/ : /:80$/;
    if (url === null || url.host !== host.toLowerCase().replace(ownPort, '') || !this.options.names.includes(name))
      throw new HttpProblem(421, `"${host}" is not a name of this monitor; names can be added with \`allowedHosts\``);
    if (origin !== undefined && origin !== url.origin)
      throw new HttpProblem(421, `pages of "${origin}" may not ask this monitor`);
  }

  /** Cookies do not know ports. */
  get #cookieName(): string {
    return `stemma-monitor-${this.options.port()}`;
  }
}

type Limiter = (request: FastifyRequest) => Promise<void>;

/** Throws once there are too many requests of an address. */
function limiter(app: FastifyInstance, max: number, what: string): Limiter {
  const check = app.createRateLimit({ max, timeWindow: 1_000, keyGenerator: ({ ip }) => `${what} ${ip}` });
  return async (request) => {
    const result = await check(request);
    if (!result.isAllowed && result.isExceeded)
      throw new HttpProblem(429, `${what}; wait a second`, { 'retry-after': '1' });
  };
}

/** Of equal length, whatever is compared, as timingSafeEqual needs it. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const equal = (text: string, expected: Buffer): boolean => timingSafeEqual(digest(text), expected);
