/**
 * `npm run schema`: writes the JSON Schemas of the document and of the live messages, generated from their TypeScript types.
 * With `--check` it writes nothing and fails where a committed schema is not what the types say.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { Problem, main, step } from './support/say.mjs';
import { inRoot, root } from './support/paths.mjs';
import { type SchemaSource, schemaOf } from './support/json-schema.ts';

const SOURCES: SchemaSource[] = [
  {
    id: 'urn:stemma:provenance:1.0',
    title: 'Stemma provenance document',
    source: 'lib/src/provenance/document.ts',
    types: ['ProvenanceDocument'],
    // The second one is published with the library, which validates what it reads.
    targets: ['schema/provenance.schema.json', 'lib/src/documents/provenance.schema.json'],
  },
  {
    id: 'urn:stemma:protocol:1',
    title: 'Messages of the live protocol, in both directions',
    source: 'lib/src/protocol.ts',
    types: ['Hello', 'PageMessage', 'KernelMessage'],
    targets: ['schema/protocol.schema.json'],
  },
];

await main(async () => {
  const check = process.argv.includes('--check');
  for (const source of SOURCES) {
    const schema = JSON.stringify(schemaOf(source));
    for (const target of source.targets.map((path) => inRoot(path))) {
      const text = await format(schema, { ...(await resolveConfig(target)), filepath: target });
      if (!check) {
        writeFileSync(target, text);
        step(`${relative(root, target)} written`);
      } else if (text !== readOrEmpty(target)) {
        throw new Problem(
          `${relative(root, target)} is not what ${source.source} says: run \`npm run schema\` and commit it.`,
        );
      }
    }
  }
});

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
