/**
 * The operations of the API as data: routes are registered, requests checked and the OpenAPI document made from them.
 */

import { EXPORTERS } from 'stemma-document';

/** JSON Schema of one parameter. */
export interface ParameterSchema {
  type: 'string' | 'integer' | 'boolean';
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  default?: number | boolean;
  enum?: readonly string[];
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  description: string;
  schema: ParameterSchema;
}

export interface Operation {
  method: 'get' | 'put';
  /** Below `/api/v1`, with `{name}` for parameters. */
  path: string;
  summary: string;
  parameters: readonly Parameter[];
  /** Name of the schema of the body. */
  body?: string;
  /** The response on success: media types, and the name of the schema of JSON; or nothing. */
  response: { media: string | readonly string[]; schema?: string } | null;
  /** Whether the response has an ETag, so that 304 is possible. */
  tagged?: boolean;
  /** Whether it responds with 201 where the resource is new. */
  creates?: boolean;
  /** What may go wrong beyond what may go wrong everywhere. */
  problems: readonly number[];
}

/** Longer ago than any process lives: a year. */
const MAX_AGO_MS = 31_536_000_000;
const JSON_MEDIA = 'application/json';
const MAX_ID = 256;

const id = (of: string): Parameter => ({
  name: 'id',
  in: 'path',
  description: `Id of the ${of}.`,
  schema: { type: 'string', minLength: 1, maxLength: MAX_ID },
});

const session: Parameter = {
  name: 'session',
  in: 'query',
  description: 'Only what this session recorded. Without it: all sessions that report here, merged into one document.',
  schema: { type: 'string', minLength: 1, maxLength: MAX_ID },
};

const page: readonly Parameter[] = [
  {
    name: 'offset',
    in: 'query',
    description: 'How many items to leave out.',
    schema: { type: 'integer', minimum: 0, maximum: 1_000_000, default: 0 },
  },
  {
    name: 'limit',
    in: 'query',
    description: 'The most items to return.',
    schema: { type: 'integer', minimum: 1, maximum: 1_000, default: 100 },
  },
];

const listOf = (path: string, summary: string, schema: string): Operation => ({
  method: 'get',
  path,
  summary,
  parameters: [session, ...page],
  response: { media: JSON_MEDIA, schema },
  tagged: true,
  problems: [400, 404],
});

const oneOf = (path: string, of: string, schema: string): Operation => ({
  method: 'get',
  path,
  summary: `One ${of}.`,
  parameters: [id(of), session],
  response: { media: JSON_MEDIA, schema },
  tagged: true,
  problems: [400, 404],
});

export const OPERATIONS = {
  getDocument: {
    method: 'get',
    path: '/document',
    summary: 'The provenance document as of now. `Age` says how many seconds ago the recorder was last heard of.',
    parameters: [
      session,
      {
        name: 'samples',
        in: 'query',
        description:
          'With the samples of the data, images as data URLs. Without them, no values of the data are in failures either.',
        schema: { type: 'boolean', default: false },
      },
    ],
    response: { media: JSON_MEDIA, schema: 'ProvenanceDocument' },
    tagged: true,
    problems: [400, 404],
  },
  listProcesses: listOf('/processes', 'The operations of the graph.', 'ProcessPage'),
  getProcess: oneOf('/processes/{id}', 'process', 'Process'),
  listArtifacts: listOf('/artifacts', 'The streams and values between operations.', 'ArtifactPage'),
  getArtifact: oneOf('/artifacts/{id}', 'artifact', 'Artifact'),
  listSamples: {
    ...listOf('/artifacts/{id}/samples', 'The samples that are kept of an artifact.', 'SamplePage'),
    parameters: [
      id('artifact'),
      session,
      ...page,
      {
        name: 'inline',
        in: 'query',
        description: 'Images as data URLs, not as paths.',
        schema: { type: 'boolean', default: false },
      },
    ],
  },
  getImage: {
    method: 'get',
    path: '/samples/{id}/image',
    summary: 'The picture of a sample, as a thumbnail.',
    parameters: [
      id('sample'),
      session,
      {
        name: 'number',
        in: 'query',
        description: 'Which of the images of the sample, from 0: a batch has several.',
        schema: { type: 'integer', minimum: 0, maximum: 1_000, default: 0 },
      },
    ],
    response: { media: 'image/png' },
    tagged: true,
    problems: [400, 404],
  },
  getExport: {
    method: 'get',
    path: '/exports/{format}',
    summary: 'The document in another format, without values of the data. Of a format of several files: the first.',
    parameters: [
      {
        name: 'format',
        in: 'path',
        description: EXPORTERS.map(({ id, title }) => `\`${id}\`: ${title}`).join('; '),
        schema: { type: 'string', enum: EXPORTERS.map(({ id }) => id) },
      },
      session,
    ],
    response: { media: EXPORTERS.map(({ mediaType }) => mediaType), schema: 'ProvenanceDocument' },
    tagged: true,
    problems: [400, 404],
  },
  listRuns: listOf('/runs', 'The passes of sinks over the graph, oldest first.', 'RunPage'),
  getEnvironment: {
    method: 'get',
    path: '/environment',
    summary: 'Versions, platform and packages.',
    parameters: [session],
    response: { media: JSON_MEDIA, schema: 'Environment' },
    tagged: true,
    problems: [400, 404],
  },
  getMetrics: {
    method: 'get',
    path: '/metrics',
    summary: 'Counters and times of all sessions for Prometheus, as OpenMetrics.',
    parameters: [],
    response: { media: 'application/openmetrics-text; version=1.0.0; charset=utf-8' },
    problems: [],
  },
  getEvents: {
    method: 'get',
    path: '/events',
    summary:
      'Server-sent events: `snapshot` of each session, then `patch`, `samples`, `status`, `gone`. Data are JSON: SnapshotEvent, PatchEvent, SamplesEvent, StatusEvent, GoneEvent.',
    parameters: [
      session,
      {
        name: 'Last-Event-ID',
        in: 'header',
        description: 'Go on after this event. Where it is too long ago, snapshots come again.',
        schema: { type: 'string', maxLength: MAX_ID },
      },
    ],
    response: { media: 'text/event-stream' },
    problems: [400, 404, 503],
  },
  getHealth: {
    method: 'get',
    path: '/health',
    summary: 'Whether the monitor lives, and how old what it knows is.',
    parameters: [],
    response: { media: JSON_MEDIA, schema: 'Health' },
    problems: [],
  },
  listSessions: {
    method: 'get',
    path: '/sessions',
    summary: 'The processes that report to this monitor.',
    parameters: [],
    response: { media: JSON_MEDIA, schema: 'SessionList' },
    problems: [],
  },
  getOpenApi: {
    method: 'get',
    path: '/openapi.json',
    summary: 'This description.',
    parameters: [],
    response: { media: JSON_MEDIA },
    tagged: true,
    problems: [],
  },
  putSession: {
    method: 'put',
    path: '/sessions/{id}',
    summary: 'Another process reports what it knows: the whole document, without samples.',
    parameters: [
      id('session'),
      {
        name: 'ageMs',
        in: 'query',
        description: 'Milliseconds since the recorder was last heard of.',
        schema: { type: 'integer', minimum: 0, maximum: MAX_AGO_MS, default: 0 },
      },
      {
        name: 'blockedMs',
        in: 'query',
        description: 'Milliseconds since its thread last responded; left out while it responds.',
        schema: { type: 'integer', minimum: 0, maximum: MAX_AGO_MS },
      },
      {
        name: 'ended',
        in: 'query',
        description: 'Whether this is the last report, as the program ends.',
        schema: { type: 'boolean', default: false },
      },
    ],
    body: 'ProvenanceDocument',
    response: null,
    creates: true,
    problems: [400, 403, 409, 413, 415, 503, 507],
  },
  putSamples: {
    method: 'put',
    path: '/sessions/{id}/artifacts/{artifact}/samples',
    summary: 'Another process reports the samples of one of its artifacts.',
    parameters: [
      id('session'),
      {
        name: 'artifact',
        in: 'path',
        description: 'Id of the artifact in that session.',
        schema: { type: 'string', minLength: 1, maxLength: MAX_ID },
      },
    ],
    body: 'SampleUpload',
    response: null,
    problems: [400, 403, 404, 409, 413, 415, 503, 507],
  },
} as const satisfies { [name: string]: Operation };

export type OperationName = keyof typeof OPERATIONS;
