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
    target: 'schema/provenance.schema.json',
  },
  {
    id: 'urn:stemma:protocol:1',
    title: 'Messages of the live protocol, in both directions',
    source: 'lib/src/protocol.ts',
    types: ['Hello', 'PageMessage', 'KernelMessage'],
    target: 'schema/protocol.schema.json',
  },
];

await main(async () => {
  const check = process.argv.includes('--check');
  for (const source of SOURCES) {
    const target = inRoot(source.target);
    const text = await format(JSON.stringify(schemaOf(source)), { ...(await resolveConfig(target)), filepath: target });
    if (!check) {
      writeFileSync(target, text);
      step(`${source.target} written`);
    } else if (text !== readOrEmpty(target)) {
      throw new Problem(
        `${relative(root, target)} is not what ${source.source} says: run \`npm run schema\` and commit it.`,
      );
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
