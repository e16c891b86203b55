import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { CheckedOptions } from '../options';
import type { Guard } from './guard';
import { HttpProblem, problemText, sendProblem } from './problems';
import { acceptUploads, MAX_UPLOAD_BYTES } from './uploads';

const MAX_HEADER_BYTES = 8_192;
/** What Node's own server takes, under TLS too. A missing Host is for the guard to refuse, as any other wrong one. */
const SOCKET_LIMITS = {
  maxHeaderSize: MAX_HEADER_BYTES,
  connectionsCheckingInterval: 2_000,
  headersTimeout: 5_000,
  requireHostHeader: false,
};
/** A client that neither sends nor receives anything for this long is gone; followers get a heartbeat in between. */
const IDLE_MS = 30_000;

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

/**
 * The application as every route needs it: limits, headers, the guard, and errors in our words. It has no routes yet.
 */
export async function createApp({ tls }: CheckedOptions, guard: Guard): Promise<FastifyInstance> {
  const app = Fastify({
    ...(tls === null ? { http: SOCKET_LIMITS } : { https: { ...tls, ...SOCKET_LIMITS } }),
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
  // Without a listener, Node responds to an unknown expectation by itself, without a body.
  app.server.on('checkExpectation', (request, response) => app.routing(request, response));
  await app.register(rateLimit, { global: false });
  await app.register(helmet, {
    contentSecurityPolicy: CONTENT_SECURITY,
    referrerPolicy: { policy: 'no-referrer' },
    hsts: tls !== null,
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
  return app;
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
