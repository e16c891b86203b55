/** JSON Schema 2020-12 from TypeScript types. The generator speaks draft 7; what differs is converted here. */
import { createGenerator } from 'ts-json-schema-generator';
import { inRoot } from './paths.mjs';

export interface SchemaSource {
  id: string;
  title: string;
  /** The module that exports the types, relative to the repository. */
  source: string;
  /** A value that is valid is one of these. */
  types: string[];
  /** Where the schema is kept: copies that are the same. */
  targets: string[];
}

type Node = { [key: string]: unknown };

export function schemaOf({ id, title, source, types }: SchemaSource): Node {
  const definitions: Node = {};
  for (const type of types) {
    const generator = createGenerator({
      path: inRoot(source),
      tsconfig: inRoot('lib', 'tsconfig.json'),
      type,
      additionalProperties: false,
      encodeRefs: false,
      skipTypeCheck: true,
    });
    Object.assign(definitions, generator.createSchema(type).definitions);
  }
  const roots = types.map((type) => ({ $ref: `#/$defs/${type}` }));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: id,
    title,
    ...(roots.length === 1 ? roots[0] : { anyOf: roots }),
    $defs: toDraft2020(sortedByKey(definitions)),
  };
}

/** Other names for the same things: `definitions`, and the two keywords of tuples. */
function toDraft2020(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toDraft2020);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key === '$ref' && typeof value === 'string') return [key, value.replace('#/definitions/', '#/$defs/')];
      if (key === 'items' && Array.isArray(value)) return ['prefixItems', toDraft2020(value)];
      if (key === 'additionalItems') return ['items', toDraft2020(value)];
      return [key, toDraft2020(value)];
    }),
  );
}

function sortedByKey(node: Node): Node {
  return Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)));
}
