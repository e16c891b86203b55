import { type Operation, OPERATIONS, type Parameter } from './operations';

type Node = { [key: string]: unknown };

/** What may go wrong with every request. */
const ALWAYS = [401, 421, 429, 500];

const TITLES: { [status: number]: string } = {
  304: 'Not changed since the given ETag.',
  400: 'A parameter or the body is not as it should be.',
  401: 'The token is missing or wrong.',
  403: 'Only with the token in the header, not with a cookie.',
  404: 'There is no such thing.',
  409: 'It belongs to the process that started this monitor.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  421: 'The Host or Origin header names another server.',
  429: 'Too many requests.',
  500: 'The monitor failed.',
  503: 'Too many clients follow already.',
  507: 'Too many sessions report already.',
};

/** A definition in terms of itself, which generators of clients stumble over, would say no more. */
const ANY_JSON = { description: 'Any JSON value.' };

/**
 * The OpenAPI 3.1 document of the API. `schemas`: JSON Schemas (2020-12) of all responses and requests, by name;
 * references between them are `#/$defs/Name`.
 */
export function describeApi(version: string, schemas: { [name: string]: unknown }): Node {
  const paths: { [path: string]: Node } = {};
  for (const [name, operation] of Object.entries<Operation>(OPERATIONS))
    (paths[`/api/v1${operation.path}`] ??= {})[operation.method] = describeOperation(name, operation);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Stemma monitor',
      version,
      description:
        'The provenance of running data pipelines. Started by `monitor.start()` of the package stemma-monitor.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The monitor that serves this document.' }],
    security: [{ token: [] }, { cookie: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'The token that `monitor.start()` made.' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'stemma-monitor',
          description: 'Set by the start link; for reading only.',
        },
      },
      schemas: withComponentReferences({ ...schemas, JsonValue: ANY_JSON }),
    },
  };
}

function describeOperation(name: string, operation: Operation): Node {
  const { summary, parameters, body, response, tagged = false, creates = false, problems } = operation;
  const failures = [...new Set([...problems, ...ALWAYS])].sort();
  return {
    operationId: name,
    summary,
    ...(body === undefined ? {} : { security: [{ token: [] }] }),
    parameters: [...parameters.map(describeParameter), ...(tagged ? [IF_NONE_MATCH] : [])],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: reference(body) } } } }),
    responses: {
      ...(response === null ? { 204: { description: 'Taken.' } } : { 200: describeResponse(response, tagged) }),
      ...(creates ? { 201: { description: 'Taken; it was not known before.' } } : {}),
      ...(tagged ? { 304: { description: TITLES[304] } } : {}),
      ...Object.fromEntries(failures.map((status) => [status, describeProblem(status)])),
    },
  };
}

function describeParameter({ name, in: place, description, schema }: Parameter): Node {
  return { name, in: place, description, required: place === 'path', schema };
}

const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The ETag of an earlier response.',
  required: false,
  schema: { type: 'string' },
};

function describeResponse({ media, schema }: NonNullable<Operation['response']>, tagged: boolean): Node {
  const types = [media].flat().map((one) => one.split(';')[0] ?? one);
  const described = schema === undefined ? {} : { schema: reference(schema) };
  const content = Object.fromEntries(types.map((type) => [type, type === 'application/json' ? described : {}]));
  const headers = tagged ? { ETag: { schema: { type: 'string' } }, Age: { schema: { type: 'integer' } } } : undefined;
  return { description: 'As asked for.', ...(headers === undefined ? {} : { headers }), content };
}

const describeProblem = (status: number): Node => ({
  description: TITLES[status],
  content: { 'application/problem+json': { schema: reference('Problem') } },
});

const reference = (name: string): Node => ({ $ref: `#/components/schemas/${name}` });

function withComponentReferences(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withComponentReferences);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === '$ref' && typeof value === 'string'
        ? [key, value.replace('#/$defs/', '#/components/schemas/')]
        : [key, withComponentReferences(value)],
    ),
  );
}
