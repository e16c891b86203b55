import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Health, SessionList } from '../api/types';
import { OPERATIONS } from '../api/operations';
import type { RecordedSession } from '../record/recorded-session';
import type { Sessions } from '../record/sessions';
import type { EventStream } from './event-stream';
import { openMetrics } from './metrics';
import { HttpProblem, notFound } from './problems';
import { Representation, type Representations } from './representation';
import { type Handler, queryOf } from './requests';

export interface ServerContext {
  sessions: Sessions;
  representations: Representations;
  events: EventStream;
  version: string;
  startedAt: string;
  openApi: unknown;
  /** Requests what is new from the recorder; returns soon, whether it replies or not. */
  refresh(): Promise<void>;
}

/** The handlers of the server itself: what it follows, how it is, what changes, and what it can be asked for. */
export function serverHandlers(context: ServerContext) {
  const { sessions, representations, version, startedAt } = context;
  /** Responds with what `make` returns now. */
  const fresh =
    (make: () => Representation): Handler =>
    async (request, reply) => {
      await context.refresh();
      return make().send(request, reply);
    };

  return {
    getMetrics: fresh(
      () => new Representation(openMetrics(sessions.all()), OPERATIONS.getMetrics.response.media, null),
    ),
    getEvents: (request, reply) => follow(context, request, reply),
    getHealth: fresh(() =>
      Representation.json({
        status: 'ok',
        version,
        startedAt,
        eventClients: context.events.clients,
        sessions: sessions.all().map(statusOf),
      } satisfies Health),
    ),
    listSessions: fresh(() => Representation.json({ items: sessions.all().map(statusOf) } satisfies SessionList)),
    getOpenApi: (request, reply) =>
      representations.get('api', 'api', (tag) => Representation.json(context.openApi, tag)).send(request, reply),
  } satisfies { [name: string]: Handler };
}

/** The response becomes a stream of events. */
function follow({ sessions, events }: ServerContext, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { session } = queryOf(request);
  if (session !== undefined && sessions.get(session) === undefined) throw notFound(`there is no session "${session}"`);
  if (events.isFull) throw new HttpProblem(503, 'too many clients follow already', { 'retry-after': '10' });
  // From here on the response is the stream's. Headers that hooks have set are sent too.
  reply.hijack();
  const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' };
  reply.raw.writeHead(200, { ...(reply.getHeaders() as object), ...headers });
  const lastId = String(request.headers['last-event-id'] ?? '');
  events.add(reply.raw, session, lastId, () => sessions.whole(session));
  return reply;
}

function statusOf({ id, from, heardMs, document, state, blockedSinceMs }: RecordedSession): Health['sessions'][0] {
  return {
    id,
    from,
    startedAt: document.session.startedAt,
    notebook: document.session.notebook,
    heardAt: new Date(heardMs).toISOString(),
    ageMs: Math.max(0, Math.round(Date.now() - heardMs)),
    processes: document.processes.length,
    runs: document.runs.length,
    running: document.runs.filter((run) => run.state === 'running').length,
    state,
    blockedSinceMs,
  };
}
