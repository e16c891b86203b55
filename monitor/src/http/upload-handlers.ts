import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ProvenanceDocument, Sample } from 'stemma';
import {
  checkDocument,
  DocumentError,
  documentSchema,
  findProblem,
  nameDocument,
  type RootSchema,
} from 'stemma-document';
import type { RecordedSession } from '../record/recorded-session';
import type { Sessions } from '../record/sessions';
import type { Guard } from './guard';
import { HttpProblem, notFound } from './problems';

const SAMPLES_SCHEMA = {
  $defs: documentSchema.$defs,
  type: 'object',
  properties: { samples: { type: 'array', items: { $ref: '#/$defs/Sample' } } },
  required: ['samples'],
} as unknown as RootSchema;

/**
 * What other processes report. All of it is checked against the published schema: views and metrics rely on its types.
 */
export function uploadHandlers(sessions: Sessions, guard: Guard) {
  const remote = (request: FastifyRequest): RecordedSession | undefined => {
    if (!guard.hasToken(request)) throw new HttpProblem(403, 'reporting needs the token in the header, not a cookie');
    const session = sessions.get((request.params as { id: string }).id);
    if (session?.from === 'here')
      throw new HttpProblem(409, 'that session is of the process that started this monitor');
    return session;
  };
  return {
    putSession(request: FastifyRequest, reply: FastifyReply): FastifyReply {
      const session = remote(request);
      const document = mergeable(request.body);
      const { id } = request.params as { id: string };
      if (document.session.id !== id) throw new HttpProblem(400, `session.id: the path says "${id}"`);
      const { ageMs, blockedMs, ended } = request.query as { ageMs: number; blockedMs?: number; ended: boolean };
      const now = Date.now();
      if (session !== undefined) sessions.update(session, document, now - ageMs);
      else if (!sessions.add('remote', document, now - ageMs))
        throw new HttpProblem(507, 'too many sessions report already');
      const reporting = sessions.get(id)!;
      reporting.reportedMs = now;
      const blockedSinceMs = blockedMs === undefined ? null : (reporting.blockedSinceMs ?? now - blockedMs);
      sessions.setStatus(reporting, { state: ended ? 'ended' : 'live', blockedSinceMs });
      return reply.code(session === undefined ? 201 : 204).send();
    },

    putSamples(request: FastifyRequest, reply: FastifyReply): FastifyReply {
      const session = remote(request);
      const { id, artifact } = request.params as { id: string; artifact: string };
      if (!session?.document.artifacts.some((one) => one.id === artifact))
        throw notFound(`session "${id}" has no artifact "${artifact}"`);
      const problem = findProblem(request.body, SAMPLES_SCHEMA);
      if (problem !== null) throw new HttpProblem(400, `${problem.path}: ${problem.message}`);
      const { samples } = request.body as { samples: Sample[] };
      if (!sessions.setSamples(session, artifact, samples, JSON.stringify(samples).length))
        throw new HttpProblem(507, 'the samples of all sessions take too much memory already');
      return reply.code(204).send();
    },
  };
}

/** @throws HttpProblem where it is not a document, or has a cycle and so cannot be merged with others. */
function mergeable(body: unknown): ProvenanceDocument {
  try {
    const document = checkDocument(body);
    nameDocument(document);
    return document;
  } catch (error) {
    if (error instanceof DocumentError) throw new HttpProblem(400, error.message);
    throw error;
  }
}
