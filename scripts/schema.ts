/**
 * `npm run schema`: writes the JSON Schemas of the document, of the live messages and of the monitor's responses,
 * generated from their TypeScript types, and the OpenAPI document of the monitor. With `--check` it writes nothing and
 * fails where a committed schema is not what the types say.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { describeApi } from '../monitor/src/api/openapi.ts';
import { Problem, main, step } from './support/say.mjs';
import { inRoot } from './support/paths.mjs';
import { type SchemaSource, schemaOf } from './support/json-schema.ts';

const SOURCES: SchemaSource[] = [
  {
    id: 'urn:stemma:provenance:1.0',
    title: 'Stemma provenance document',
    source: 'document/src/model/document.ts',
    types: ['ProvenanceDocument'],
    // The second one is published with the library, which validates what it reads.
    targets: ['schema/provenance.schema.json', 'document/src/reading/provenance.schema.json'],
  },
  {
    id: 'urn:stemma:protocol:1',
    title: 'Messages of the live protocol, in both directions',
    source: 'document/src/model/protocol.ts',
    types: ['Hello', 'PageMessage', 'KernelMessage'],
    targets: ['schema/protocol.schema.json'],
  },
];

const MONITOR: SchemaSource = {
  id: 'urn:stemma:monitor:1',
  title: 'Requests and responses of the monitor',
  source: 'monitor/src/api/types.ts',
  types: [
    'Problem',
    'Health',
    'SessionList',
    'ProcessPage',
    'ArtifactPage',
    'RunPage',
    'SamplePage',
    'SampleUpload',
    'SnapshotEvent',
    'PatchEvent',
    'SamplesEvent',
    'StatusEvent',
    'GoneEvent',
  ],
  targets: ['monitor/src/api/schemas.json'],
};

await main(async () => {
  const check = process.argv.includes('--check');
  for (const { content, source, target } of outputs()) {
    const path = inRoot(target);
    const text = await format(JSON.stringify(content), { ...(await resolveConfig(path)), filepath: path });
    if (!check) {
      writeFileSync(path, text);
      step(`${target} written`);
    } else if (text !== readOrEmpty(path)) {
      throw new Problem(`${target} is not what ${source} says: run \`npm run schema\` and commit it.`);
    }
  }
});

function outputs(): { content: unknown; source: string; target: string }[] {
  const schemas = [...SOURCES, MONITOR].map((source) => ({ source, content: schemaOf(source) }));
  const definitions = schemas.at(-1)!.content['$defs'] as { [name: string]: unknown };
  const { version } = JSON.parse(readFileSync(inRoot('monitor', 'package.json'), 'utf8')) as { version: string };
  return [
    ...schemas.flatMap(({ source, content }) =>
      source.targets.map((target) => ({ content, source: source.source, target })),
    ),
    { content: describeApi(version, definitions), source: 'monitor/src/api', target: 'schema/openapi.json' },
  ];
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
