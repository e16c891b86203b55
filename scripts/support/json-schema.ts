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
      // With true, `keyof` a table of names would be any text; see `toDraft2020` for what readers pass over.
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
    $defs: toDraft2020(openUnions(sortedByKey(definitions))),
  };
}

/**
 * Other names for the same things: `definitions`, and the two keywords of tuples. Readers pass over members that they
 * do not know, since a later version of the same major number may have added them: objects are open.
 */
function toDraft2020(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toDraft2020);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => key !== 'additionalProperties' || value !== false)
      .map(([key, value]) => converted(key, value)),
  );
}

function converted(key: string, value: unknown): [string, unknown] {
  if (key === '$ref' && typeof value === 'string') return [key, value.replace('#/definitions/', '#/$defs/')];
  if (key === 'items' && Array.isArray(value)) return ['prefixItems', toDraft2020(value)];
  if (key === 'additionalItems') return ['items', toDraft2020(value)];
  return [key, toDraft2020(value)];
}

/** The value that stands for all that later versions add to a union; see `OtherTag` in the document's types. */
const OTHER = '%future added value';

/** Unions with an alternative of any other tag: that one takes every tag but those of its neighbours. */
function openUnions(definitions: Node): Node {
  const open = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(open);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, key === 'anyOf' ? alternatives(value as Node[]) : open(value)]),
    );
  };
  const alternatives = (all: Node[]): unknown => {
    const tags = all.map((one) => tagsOf(one, definitions));
    if (!tags.some(isOther)) return open(all);
    const known = tags.flatMap((tag) => (isOther(tag) ? [] : tag));
    const name = known[0]!.name;
    const other = { type: 'string', not: { enum: known.flatMap(({ values }) => values) } };
    return [
      ...all.filter((_, index) => !isOther(tags[index]!)).map(open),
      { type: 'object', properties: { [name]: other }, required: [name] },
    ];
  };
  const isUsed = ([name, node]: [string, unknown]): boolean =>
    name !== 'OtherTag' && !isOther(tagsOf(node as Node, definitions));
  return open(Object.fromEntries(Object.entries(definitions).filter(isUsed))) as Node;
}

interface Tag {
  name: string;
  values: unknown[];
}

const isOther = (tags: Tag[]): boolean => tags.length === 1 && tags[0]!.values[0] === OTHER;

/**
 * The members that tell an alternative, or those of a union, from their neighbours, with the values that they have
 * there.
 */
function tagsOf(node: Node, definitions: Node): Tag[] {
  const {
    $ref,
    anyOf,
    properties = {},
  } = node as { $ref?: string; anyOf?: Node[]; properties?: { [name: string]: Node } };
  if ($ref !== undefined) return tagsOf(definitions[$ref.replace('#/definitions/', '')] as Node, definitions);
  if (anyOf !== undefined) return anyOf.flatMap((one) => tagsOf(one, definitions));
  return ['type', 'kind'].flatMap((name) => {
    const tag = properties[name];
    const known = tag?.['$ref'] === '#/definitions/OtherTag' ? (definitions['OtherTag'] as Node) : tag;
    const values = known?.['const'] === undefined ? known?.['enum'] : [known['const']];
    return Array.isArray(values) ? [{ name, values }] : [];
  });
}

function sortedByKey(node: Node): Node {
  return Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)));
}
