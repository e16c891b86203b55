import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { inRoot } from '../../scripts/support/paths.mjs';
import type { ProvenanceDocument } from 'stemma-document';

type Node = { [key: string]: unknown };

/**
 * The schema for what this version writes: readers pass over members, words and alternatives that they do not know, but
 * what the recorder writes is all documented.
 */
function strict(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(strict);
  if (typeof node !== 'object' || node === null) return node;
  const { properties, additionalProperties, anyOf, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === 'OtherWord' ? { not: {} } : strict(value)]),
  ) as { properties?: { [name: string]: Node }; additionalProperties?: unknown; anyOf?: Node[] };
  return {
    ...rest,
    ...(properties === undefined ? {} : { properties }),
    ...(properties === undefined && additionalProperties === undefined
      ? {}
      : { additionalProperties: additionalProperties ?? false }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.filter((one) => !isOpen(one, anyOf)) }),
  };
}

/** Any word beside a list of known ones, or any tag but those of its neighbours. */
function isOpen(node: Node, all: Node[]): boolean {
  const {
    type,
    enum: words,
    properties = {},
  } = node as { type?: string; enum?: unknown; properties?: { [name: string]: Node } };
  if (type === 'string' && words === undefined) return all.some((other) => other['enum'] !== undefined);
  return Object.values(properties).some((member) => member['not'] !== undefined);
}

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
const file = 'provenance.schema.json';
let writes: ValidateFunction | undefined;
let reads: ValidateFunction | undefined;

const published = (): object => JSON.parse(readFileSync(inRoot('schema', file), 'utf8')) as object;

/** A document, once it is valid against schema/provenance.schema.json and has nothing that is not in it. */
export function validDocument(value: unknown): ProvenanceDocument {
  writes ??= ajv.compile({ ...(strict(published()) as object), $id: 'urn:stemma:strict' });
  if (!writes(value))
    throw new Error(`no valid provenance document:\n${JSON.stringify(writes.errors?.slice(0, 5), null, 2)}`);
  return value as ProvenanceDocument;
}

/** Whether the published schema accepts a value, as readers do: whatever it says beside what is known. */
export function isAccepted(value: unknown): boolean {
  reads ??= ajv.compile(published());
  return reads(value);
}

/** The document in a file. */
export function readDocument(path: string): ProvenanceDocument {
  return validDocument(JSON.parse(readFileSync(path, 'utf8')));
}
