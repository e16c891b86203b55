import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../api/types';

/** A request that cannot be served, and why. */
export class HttpProblem extends Error {
  constructor(
    readonly statusCode: number,
    detail: string,
    readonly headers: { [name: string]: string } = {},
  ) {
    super(detail);
  }
}

export const notFound = (what: string): HttpProblem => new HttpProblem(404, what);

/** Responds to any error with a problem document (RFC 9457). */
export function sendProblem(error: FastifyError | HttpProblem, request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode ?? 500;
  const headers = error instanceof HttpProblem ? error.headers : {};
  const detail = status === 500 ? `the monitor failed: ${error.message}` : error.message;
  const body = problemText(status, detail, request.url.split('?')[0]!);
  void reply
    .code(status)
    .headers(headers)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(body);
}

export function problemText(status: number, detail: string, instance: string): string {
  const problem: Problem = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, instance };
  return JSON.stringify(problem);
}
