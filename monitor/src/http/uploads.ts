import type { FastifyInstance, FastifyRequest } from 'fastify';
import { tooDeepAt, tooDeepMessage } from 'stemma-document';
import { HttpProblem } from './problems';

export const MAX_UPLOAD_BYTES = 64 * 1024 * 1024;
/** All uploads at once: their bytes are held until they can be parsed. */
const MAX_PENDING_BYTES = 2 * MAX_UPLOAD_BYTES;
/**
 * The record of 10,000 operations has about two million. An empty list costs a hundred times the bytes that it is
 * written with.
 */
const MAX_VALUES = 4_000_000;

const COMMA = 0x2c;
const OPENING_BRACKET = 0x5b;
const OPENING_BRACE = 0x7b;

/** Takes JSON and nothing else, within a budget of memory: what is too much is refused before it is parsed. */
export function acceptUploads(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    try {
      if (valuesIn(body) > MAX_VALUES) throw new HttpProblem(413, `expected at most ${MAX_VALUES} values`);
    } catch (error) {
      done(error as Error);
      return;
    }
    void parse(request, body.toString('utf8'), done);
  });
  let pendingBytes = 0;
  app.addHook('onRequest', async (request, reply) => {
    const bytes = sizeOf(request);
    if (bytes === 0) return;
    if (pendingBytes + bytes > MAX_PENDING_BYTES)
      throw new HttpProblem(503, 'too many uploads at once', { 'retry-after': '1' });
    pendingBytes += bytes;
    reply.raw.once('close', () => (pendingBytes -= bytes));
  });
  app.addHook('preValidation', async ({ body }) => {
    const deep = tooDeepAt(body);
    if (deep !== null) throw new HttpProblem(400, tooDeepMessage(deep));
  });
}

/** What a request's body will take, at most; 0 without one. */
function sizeOf({ headers }: FastifyRequest): number {
  if (headers['transfer-encoding'] !== undefined) return MAX_UPLOAD_BYTES;
  return Math.min(Number(headers['content-length'] ?? 0), MAX_UPLOAD_BYTES);
}

/** At least as many as the JSON text has; punctuation within strings counts, too. */
function valuesIn(json: Buffer): number {
  let count = 0;
  for (const byte of json) if (byte === COMMA || byte === OPENING_BRACKET || byte === OPENING_BRACE) count++;
  return count;
}
