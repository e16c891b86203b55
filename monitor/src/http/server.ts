import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { describeApi } from '../api/openapi';
import { type Operation, type OperationName, OPERATIONS } from '../api/operations';
import * as schemas from '../api/schemas.json';
import type { CheckedOptions } from '../options';
import { namesOf, publicHost } from '../options';
import type { Sessions } from '../record/sessions';
import { createApp } from './app';
import { EventStream } from './event-stream';
import { Guard } from './guard';
import { closerOf, listenAt } from './listening';
import { servePage } from './page';
import { recordHandlers } from './record-handlers';
import { Representations } from './representation';
import { type Handler, parameterSchemas } from './requests';
import { serverHandlers } from './server-handlers';
import { uploadHandlers } from './upload-handlers';

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

const MAX_CONNECTIONS = 4_096;
const SILENCE_CHECK_MS = 1_000;

/** Starts to serve. @throws Error with the reason where it cannot listen. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { listen, version, sessions, refresh, onFollowers, maxConnections = MAX_CONNECTIONS } = options;
  const isSecure = listen.tls !== null;
  let port = listen.port;
  const guard = new Guard({ token: listen.token, names: namesOf(listen), isSecure, port: () => port });
  const app = await createApp(listen, guard);
  app.server.maxConnections = maxConnections;
  const closeApp = closerOf(app);

  const boot = randomBytes(6).toString('hex');
  const representations = new Representations(boot);
  const events = new EventStream(boot, onFollowers);
  const startedAt = new Date().toISOString();
  const openApi = describeApi(version, schemas.$defs);
  addRoutes(app, {
    ...recordHandlers({ sessions, representations, refresh }),
    ...serverHandlers({ sessions, representations, events, version, startedAt, openApi, refresh }),
    ...uploadHandlers(sessions, guard),
  });
  servePage(app, guard, representations);

  sessions.onChange = (change) => events.publish(change);
  const silence = setInterval(() => sessions.noteSilence(), SILENCE_CHECK_MS);
  const stopFollowing = (): void => {
    clearInterval(silence);
    events.close();
  };
  try {
    port = await listenAt(app, listen);
  } catch (error) {
    stopFollowing();
    throw error;
  }
  return {
    url: `${isSecure ? 'https' : 'http'}://${publicHost(listen)}:${port}`,
    async close() {
      stopFollowing();
      await closeApp();
    },
  };
}

/** A route for each operation of the API. */
function addRoutes(app: FastifyInstance, handlers: { [name in OperationName]: Handler }): void {
  for (const [name, operation] of Object.entries<Operation>(OPERATIONS))
    app.route({
      method: operation.method,
      url: `/api/v1${operation.path.replace(/\{(\w+)\}/g, ':$1')}`,
      // A stream has no end to tell the length of.
      exposeHeadRoute: operation.method === 'get' && name !== 'getEvents',
      schema: parameterSchemas(operation),
      handler: handlers[name as OperationName],
    });
}
