import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from '../api/operations';
import type { PageQuery } from './paging';
import { notFound } from './problems';

export type Handler = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply>;

export interface Query extends PageQuery {
  session?: string;
  samples: boolean;
  inline: boolean;
  number: number;
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

export const queryOf = (request: FastifyRequest): Query => request.query as Query;
const KNOWN = ['session', 'samples', 'inline', 'number', 'limit', 'offset'];

/** The request without ignored parameters, so that no response is cached twice. */
export function askedFor(request: FastifyRequest): string {
  const [path, search] = request.url.split('?');
  const given = new URLSearchParams(search);
  const query = request.query as { [name: string]: unknown };
  const known = new URLSearchParams();
  for (const name of KNOWN) if (given.has(name)) known.set(name, String(query[name]));
  return known.size === 0 ? path! : `${path}?${known}`;
}

export const idOf = (request: FastifyRequest): string => (request.params as { id: string }).id;

export function byId<T extends { id: string }>(items: readonly T[], request: FastifyRequest, what: string): T {
  const id = idOf(request);
  const found = items.find((item) => item.id === id);
  if (found === undefined) throw notFound(`there is no ${what} "${id}"`);
  return found;
}
