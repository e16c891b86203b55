import type { ProvenanceDocument } from 'stemma';
import schema from '../../schema/provenance.schema.json';

interface Node {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  not?: { enum: unknown[] };
  anyOf?: Node[];
  properties?: { [name: string]: Node };
  additionalProperties?: Node;
  items?: Node;
}

/** What a later version adds. Each is asked once for each place that is open, from the outside in. */
export interface Additions {
  /** A member beside the known ones of the object at `path`; null: none. */
  member(path: string): { name: string; value: unknown } | null;
  /** A word in the place of the known one at `path`; null: the known one stays. */
  word(path: string): string | null;
}

/**
 * A copy of a document as a later version of the same major number might write it: wherever the published schema is
 * open, it may say more.
 */
export function fromTheFuture(document: ProvenanceDocument, additions: Additions): ProvenanceDocument {
  return grow(structuredClone(document), schema as unknown as Node, '', additions) as ProvenanceDocument;
}

function grow(value: unknown, node: Node, path: string, additions: Additions): unknown {
  if (node.$ref !== undefined) return grow(value, definition(node.$ref), path, additions);
  if (node.anyOf !== undefined) return growAny(value, node.anyOf.flatMap(flattened), path, additions);
  if (Array.isArray(value)) return value.map((item, i) => grow(item, node.items ?? {}, `${path}[${i}]`, additions));
  if (typeof value !== 'object' || value === null) return value;
  const { properties, additionalProperties } = node;
  const grown = Object.entries(value).map(([name, member]): [string, unknown] => {
    const known = properties?.[name] ?? additionalProperties;
    return [
      name,
      known === undefined ? member : grow(member, known, path === '' ? name : `${path}.${name}`, additions),
    ];
  });
  const more = properties === undefined || additionalProperties !== undefined ? null : additions.member(path);
  if (more !== null) grown.push([more.name, more.value]);
  return Object.fromEntries(grown);
}

/** One of alternatives: a word, or an object with a tag. Which one it is, its `type` or `kind` says. */
function growAny(value: unknown, alternatives: Node[], path: string, additions: Additions): unknown {
  if (typeof value === 'string') {
    const isOpen = alternatives.some(isKnownWord) && alternatives.some((one) => isAnyWord(one));
    return (isOpen ? additions.word(path) : null) ?? value;
  }
  const mine = alternatives.find((one) => fits(value, one));
  if (mine === undefined) return value;
  const other = alternatives.map(otherTag).find((name) => name !== undefined);
  const word = other === undefined ? null : additions.word(`${path}.${other}`);
  return grow(word === null ? value : { ...(value as object), [other!]: word }, mine, path, additions);
}

const flattened = (node: Node): Node[] => {
  const { $ref, anyOf } = node;
  if ($ref !== undefined) return flattened(definition($ref));
  return anyOf === undefined ? [node] : anyOf.flatMap(flattened);
};

const isKnownWord = ({ type, const: only, enum: words }: Node): boolean =>
  type === 'string' && (only ?? words) !== undefined;

const isAnyWord = ({ type, enum: words, const: only }: Node): boolean =>
  [type].flat().includes('string') && words === undefined && only === undefined;

const otherTag = ({ properties = {} }: Node): string | undefined =>
  Object.keys(properties).find((name) => properties[name]!.not !== undefined);

function fits(value: unknown, { type, properties = {} }: Node): boolean {
  if (Array.isArray(value) || value === null || typeof value !== 'object')
    return type === 'array' && Array.isArray(value);
  return Object.entries(properties).every(([name, { const: only, enum: words, not }]) => {
    const member = (value as { [name: string]: unknown })[name];
    if (not !== undefined) return !not.enum.includes(member);
    return (only === undefined || only === member) && (name !== 'type' || !words || words.includes(member));
  });
}

function definition($ref: string): Node {
  return (schema.$defs as unknown as { [name: string]: Node })[$ref.replace('#/$defs/', '')]!;
}

/**
 * A document in which a later version has said something new wherever it could: members everywhere, and some word in
 * `nth` another one.
 */
export function everywhereNew(document: ProvenanceDocument, nth = 3): ProvenanceDocument {
  let words = 0;
  const grown = fromTheFuture(document, {
    member: (path) => ({ name: 'later', value: { of: path, list: [1, 'two', null] } }),
    word: () => ((Math.imul(++words, 2_654_435_761) >>> 7) % nth === 0 ? 'brand-new' : null),
  });
  const schemaUrl = 'https://example.org/cost.schema.json';
  const extensions = { 'org.example.cost': { schemaUrl, euros: 1.5 } };
  return {
    ...grown,
    version: '1.7',
    extensions,
    processes: grown.processes.map((process) => ({ ...process, extensions })),
  };
}
