import type { FastifyRequest } from 'fastify';
import type { Artifact, Process, Run } from 'stemma';
import { ExportError, exporterOf, withoutData } from 'stemma-document';
import type { ArtifactPage, ProcessPage, RunPage, SamplePage } from '../api/types';
import type { Sessions } from '../record/sessions';
import type { View } from '../record/view';
import { pageOf } from './paging';
import { notFound } from './problems';
import { Representation, type Representations } from './representation';
import { askedFor, byId, type Handler, idOf, queryOf } from './requests';
import { identified, imageOf } from './samples';

export interface RecordContext {
  sessions: Sessions;
  representations: Representations;
  /** Requests what is new from the recorder; returns soon, whether it replies or not. */
  refresh(): Promise<void>;
}

type Make<T> = (view: View, request: FastifyRequest, tag: string) => T;

/** The handlers that read a record. Each works on a view of it, which does not change meanwhile. */
export function recordHandlers(context: RecordContext) {
  const json = (make: Make<unknown>): Handler =>
    fromView(context, (view, request, tag) => Representation.json(make(view, request, tag), tag));
  const list = <T>(items: Make<readonly T[]>): Handler =>
    json((view, request, tag) => pageOf(items(view, request, tag), queryOf(request), askedFor(request)));

  return {
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
    getImage: fromView(context, imageFrom),
    getExport: fromView(context, exportFrom),
    listRuns: list<RunPage['items'][0]>(({ document }): Run[] => document.runs),
    getEnvironment: json(({ document }) => document.environment),
  };
}

/** Responds with what `make` returns for the requested view. */
function fromView({ sessions, representations, refresh }: RecordContext, make: Make<Representation>): Handler {
  return async (request, reply) => {
    await refresh();
    const { session } = queryOf(request);
    const view = sessions.view(session);
    if (view === null)
      throw notFound(session === undefined ? 'nothing is recorded yet' : `there is no session "${session}"`);
    reply.header('age', view.ageSeconds());
    return representations.get(askedFor(request), view.tag, (tag) => make(view, request, tag)).send(request, reply);
  };
}

function imageFrom(view: View, request: FastifyRequest, tag: string): Representation {
  const id = idOf(request);
  const image = imageOf(view, id, queryOf(request).number);
  if (image === null) throw notFound(`sample "${id}" has no such image; samples change while a pipeline runs`);
  return new Representation(image, 'image/png', tag);
}

function exportFrom({ document }: View, request: FastifyRequest, tag: string): Representation {
  const { format } = request.params as { format: string };
  const exporter = exporterOf(format);
  try {
    const [file] = exporter.export(withoutData(document), { name: 'provenance' });
    return new Representation(file?.content ?? '', `${exporter.mediaType}; charset=utf-8`, tag);
  } catch (error) {
    throw error instanceof ExportError ? notFound(error.message) : error;
  }
}
