import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Artifact, Process, Run, Sample } from 'stemma';
import { exporterOf, withoutData } from 'stemma-document';
import type {
  ArtifactPage,
  Health,
  IdentifiedSample,
  ProcessPage,
  RunPage,
  SamplePage,
  SessionList,
} from '../api/types';
import { type Operation, type OperationName, OPERATIONS } from '../api/operations';
import type { RecordedSession } from '../record/recorded-session';
import type { Sessions } from '../record/sessions';
import { mapPictures, pictureOf } from '../record/thumbnails';
import type { View } from '../record/view';
import type { EventStream } from './event-stream';
import { openMetrics } from './metrics';
import { type PageQuery, pageOf } from './paging';
import { HttpProblem, notFound } from './problems';
import { Representation, type Representations } from './representation';

export interface HandlerContext {
  sessions: Sessions;
  representations: Representations;
  events: EventStream;
  version: string;
  startedAt: string;
  openApi: unknown;
  /** Requests what is new from the recorder; returns soon, whether it replies or not. */
  refresh(): Promise<void>;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply>;
type ReadName = Exclude<OperationName, 'putSession' | 'putSamples'>;

interface Query extends PageQuery {
  session?: string;
  samples: boolean;
  inline: boolean;
  number: number;
}

/** The handlers that read. Each works on a view of the record, which does not change meanwhile. */
export function readHandlers(context: HandlerContext): { [name in ReadName]: Handler } {
  const { sessions, representations, events } = context;

  /** Responds with what `make` returns for the requested view. */
  const fromView =
    (make: (view: View, request: FastifyRequest, tag: string) => Representation): Handler =>
    async (request, reply) => {
      await context.refresh();
      const { session } = queryOf(request);
      const view = sessions.view(session);
      if (view === null)
        throw notFound(session === undefined ? 'nothing is recorded yet' : `there is no session "${session}"`);
      reply.header('age', view.ageSeconds());
      return representations.get(askedFor(request), view.tag, (tag) => make(view, request, tag)).send(request, reply);
    };
  const json = (make: (view: View, request: FastifyRequest) => unknown): Handler =>
    fromView((view, request, tag) => Representation.json(make(view, request), tag));
  const list = <T>(items: (view: View, request: FastifyRequest) => readonly T[]): Handler =>
    json((view, request) => pageOf(items(view, request), queryOf(request), askedFor(request)));

  const handlers: { [name in ReadName]: Handler } = {
    getDocument: json((view, request) =>
      queryOf(request).samples ? view.documentWithSamples() : withoutData(view.document),
    ),
    listProcesses: list<ProcessPage['items'][0]>(({ document }) => document.processes),
    getProcess: json(({ document }, request) => byId<Process>(document.processes, request, 'process')),
    listArtifacts: list<ArtifactPage['items'][0]>(({ document }) => document.artifacts),
    getArtifact: json(({ document }, request) => byId<Artifact>(document.artifacts, request, 'artifact')),
    listSamples: list<SamplePage['items'][0]>((view, request) => {
      const { id } = byId<Artifact>(view.document.artifacts, request, 'artifact');
      const { session, inline } = queryOf(request);
      return view.samples(id).map((sample) => identified(id, sample, inline ? null : { session }));
    }),
    getImage: fromView((view, request, tag) => {
      const id = idOf(request);
      const artifact = id.split(':')[0]!;
      const sample = view.samples(artifact).find((one) => sampleId(artifact, one) === id);
      const image = sample === undefined ? null : pictureOf(sample, queryOf(request).number);
      if (image === null) throw notFound(`sample "${id}" has no such image; samples change while a pipeline runs`);
      return new Representation(image, 'image/png', tag);
    }),
    getExport: fromView(({ document }, request, tag) => {
      const { format } = request.params as { format: string };
      const exporter = exporterOf(format);
      const [file] = exporter.export(withoutData(document), { name: 'provenance' });
      return new Representation(file?.content ?? '', `${exporter.mediaType}; charset=utf-8`, tag);
    }),
    listRuns: list<RunPage['items'][0]>(({ document }): Run[] => document.runs),
    getEnvironment: json(({ document }) => document.environment),
    getMetrics: async (request, reply) => {
      await context.refresh();
      return new Representation(openMetrics(sessions.all()), OPERATIONS.getMetrics.response.media, null).send(
        request,
        reply,
      );
    },
    getEvents: (request, reply) => {
      const { session } = queryOf(request);
      if (session !== undefined && sessions.get(session) === undefined)
        throw notFound(`there is no session "${session}"`);
      if (events.isFull) throw new HttpProblem(503, 'too many clients follow already', { 'retry-after': '10' });
      // From here on the response is the stream's. Headers that hooks have set are sent too.
      reply.hijack();
      const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' };
      reply.raw.writeHead(200, { ...(reply.getHeaders() as object), ...headers });
      const lastId = String(request.headers['last-event-id'] ?? '');
      events.add(reply.raw, session, lastId, () => sessions.whole(session));
      return reply;
    },
    getHealth: async (request, reply) => {
      await context.refresh();
      const { version, startedAt } = context;
      const health: Health = {
        status: 'ok',
        version,
        startedAt,
        eventClients: events.clients,
        sessions: sessions.all().map(statusOf),
      };
      return Representation.json(health).send(request, reply);
    },
    listSessions: async (request, reply) => {
      await context.refresh();
      const response: SessionList = { items: sessions.all().map(statusOf) };
      return Representation.json(response).send(request, reply);
    },
    getOpenApi: (request, reply) =>
      representations.get('api', 'api', (tag) => Representation.json(context.openApi, tag)).send(request, reply),
  };
  return handlers;
}

/** Fastify's schemas of an operation's parameters. */
export function parameterSchemas({ parameters }: Operation) {
  const within = (place: string) => {
    const own = parameters.filter((parameter) => parameter.in === place);
    // Node has the names of headers in lower case.
    const nameOf = (name: string): string => (place === 'header' ? name.toLowerCase() : name);
    const properties = Object.fromEntries(own.map(({ name, schema }) => [nameOf(name), schema]));
    return { type: 'object', properties };
  };
  return { params: within('path'), querystring: within('query'), headers: within('header') };
}

const queryOf = (request: FastifyRequest): Query => request.query as Query;
const KNOWN = ['session', 'samples', 'inline', 'number', 'limit', 'offset'];

/** The request without ignored parameters, so that no response is cached twice. */
function askedFor(request: FastifyRequest): string {
  const [path, search] = request.url.split('?');
  const given = new URLSearchParams(search);
  const query = request.query as { [name: string]: unknown };
  const known = new URLSearchParams();
  for (const name of KNOWN) if (given.has(name)) known.set(name, String(query[name]));
  return known.size === 0 ? path! : `${path}?${known}`;
}

const idOf = (request: FastifyRequest): string => (request.params as { id: string }).id;

function byId<T extends { id: string }>(items: readonly T[], request: FastifyRequest, what: string): T {
  const id = idOf(request);
  const found = items.find((item) => item.id === id);
  if (found === undefined) throw notFound(`there is no ${what} "${id}"`);
  return found;
}

const sampleId = (artifact: string, { run, index }: Sample): string => `${artifact}:${run}:${index}`;

/** `link`: of what session the images are paths; null leaves them as data URLs. */
function identified(artifact: string, sample: Sample, link: { session?: string } | null): IdentifiedSample {
  const id = sampleId(artifact, sample);
  if (link === null) return { ...sample, id };
  const path = `/api/v1/samples/${encodeURIComponent(id)}/image`;
  const within = link.session === undefined ? '' : `&session=${encodeURIComponent(link.session)}`;
  const value = mapPictures(sample.value, (_, number) => `${path}?number=${number}${within}`) as Sample['value'];
  return { ...sample, id, value };
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
