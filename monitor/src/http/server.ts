import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { describeApi } from '../api/openapi';
import { type Operation, type OperationName, OPERATIONS } from '../api/operations';
import * as schemas from '../api/schemas.json';
import type { CheckedOptions } from '../options';
import { namesOf, publicHost } from '../options';
import type { Sessions } from '../record/sessions';
import { EventStream } from './event-stream';
import { Guard } from './guard';
import { parameterSchemas, readHandlers } from './handlers';
import { servePage } from './page';
import { HttpProblem, problemText, sendProblem } from './problems';
import { Representations } from './representation';
import { uploadHandlers } from './upload-handlers';
import { acceptUploads, MAX_UPLOAD_BYTES } from './uploads';

export interface ServerOptions {
  listen: CheckedOptions & { token: string };
  version: string;
  sessions: Sessions;
  refresh(): Promise<void>;
  /** The number of clients that follow the events has changed. */
  onFollowers(count: number): void;
  /** Further connections are closed at once. */
  maxConnections?: number;
}

export interface Server {
  url: string;
  close(): Promise<void>;
}

const MAX_HEADER_BYTES = 8_192;
/** What Node's own server takes, under TLS too. A missing Host is for the guard to refuse, as any other wrong one. */
const SOCKET_LIMITS = {
  maxHeaderSize: MAX_HEADER_BYTES,
  connectionsCheckingInterval: 2_000,
  headersTimeout: 5_000,
  requireHostHeader: false,
};
const MAX_CONNECTIONS = 4_096;
/** A client that neither sends nor receives anything for this long is gone; followers get a heartbeat in between. */
const IDLE_MS = 30_000;
const CLOSE_MS = 2_000;
const SILENCE_CHECK_MS = 1_000;

/** Only what this server itself sends; nothing inline, nothing framed. */
const CONTENT_SECURITY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

/** Starts to serve. @throws Error with the reason where it cannot listen. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { listen, version, sessions, refresh, onFollowers, maxConnections = MAX_CONNECTIONS } = options;
  const boot = randomBytes(6).toString('hex');
  let port = listen.port;
  const app = Fastify({
    ...(listen.tls === null ? { http: SOCKET_LIMITS } : { https: { ...listen.tls, ...SOCKET_LIMITS } }),
    bodyLimit: MAX_UPLOAD_BYTES,
    requestTimeout: 30_000,
    connectionTimeout: IDLE_MS,
    keepAliveTimeout: 8_000,
    forceCloseConnections: false,
    return503OnClosing: false,
    // As long as a request's head may be: what is too long is for the schemas to say.
    routerOptions: { maxParamLength: MAX_HEADER_BYTES },
    // What has no URL that could be read gets to no hook.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      guard.check(request).then(
        () => sendProblem(error, request, reply),
        (refusal: HttpProblem) => sendProblem(refusal, request, reply),
      ),
    // A query's numbers are texts; nothing else is bent into shape.
    ajv: { customOptions: { coerceTypes: true, removeAdditional: false } },
    clientErrorHandler: refuseMalformed,
  } as object) as unknown as FastifyInstance;
  app.server.maxConnections = maxConnections;
  // Without a listener, Node responds to an unknown expectation by itself, without a body.
  app.server.on('checkExpectation', (request, response) => app.routing(request, response));

  const underWay = new Set<ServerResponse>();
  app.server.on('request', (_, response) => {
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  });

  await app.register(rateLimit, { global: false });
  await app.register(helmet, {
    contentSecurityPolicy: CONTENT_SECURITY,
    referrerPolicy: { policy: 'no-referrer' },
    hsts: listen.tls !== null,
  });
  const guard = new Guard({
    token: listen.token,
    names: namesOf(listen),
    isSecure: listen.tls !== null,
    port: () => port,
  });
  guard.install(app);
  acceptUploads(app);
  app.setErrorHandler(sendProblem);
  app.setNotFoundHandler((request) => {
    throw new HttpProblem(
      404,
      `there is no ${request.method} ${request.url.split('?')[0]}; /api/v1/openapi.json lists what there is`,
    );
  });

  const events = new EventStream(boot, onFollowers);
  sessions.onChange = (change) => events.publish(change);
  const silence = setInterval(() => sessions.noteSilence(), SILENCE_CHECK_MS);
  const representations = new Representations(boot);
  const startedAt = new Date().toISOString();
  const openApi = describeApi(version, schemas.$defs);
  const handlers = {
    ...readHandlers({ sessions, representations, events, version, startedAt, openApi, refresh }),
    ...uploadHandlers(sessions, guard),
  };
  for (const [name, operation] of Object.entries<Operation>(OPERATIONS))
    app.route({
      method: operation.method,
      url: `/api/v1${operation.path.replace(/\{(\w+)\}/g, ':$1')}`,
      // A stream has no end to tell the length of.
      exposeHeadRoute: operation.method === 'get' && name !== 'getEvents',
      schema: parameterSchemas(operation),
      handler: handlers[name as OperationName],
    });
  servePage(app, guard, representations);

  // For this name fastify would open a second server, without these limits, at its address of IPv6.
  const host = listen.host === 'localhost' ? '127.0.0.1' : listen.host;
  await app.listen({ host, port: listen.port }).catch((error: NodeJS.ErrnoException) => {
    clearInterval(silence);
    events.close();
    throw new Error(reasonOf(error, listen));
  });
  ({ port } = app.server.address() as AddressInfo);
  return {
    url: `${listen.tls === null ? 'http' : 'https'}://${publicHost(listen)}:${port}`,
    async close() {
      clearInterval(silence);
      events.close();
      // A client that does not take a response in time must not keep the port.
      const patience = setTimeout(() => app.server.closeAllConnections(), CLOSE_MS);
      // Node takes a connection for idle once a response is written, though most of it may wait to be sent.
      await Promise.all([...underWay].map((response) => once(response, 'close')));
      await app.close();
      clearTimeout(patience);
    },
  };
}

function reasonOf({ code, message }: NodeJS.ErrnoException, { host, port }: CheckedOptions): string {
  const where = `cannot listen on ${host}:${port}`;
  if (code === 'EADDRINUSE') return `${where}: the port is taken; choose another, or leave it out to take a free one`;
  if (code === 'EACCES') return `${where}: not allowed; choose a port from 1024 on`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `${where}: this machine has no such address`;
  return `${where}: ${message}`;
}

/** Requests that are not valid HTTP do not get as far as a route. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const text = problemText(status, `the request cannot be read: ${error.message}`, '');
  const head = `HTTP/1.1 ${status} ${JSON.parse(text).title}\r\ncontent-type: application/problem+json\r\n`;
  socket.end(`${head}content-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`);
}
