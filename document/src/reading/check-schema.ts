import { memberPath } from '../json/json-path';

/** The keywords of JSON Schema that `scripts/schema.ts` generates; a test compares what is found with ajv. */
export interface SchemaNode {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  not?: { enum: unknown[] };
  pattern?: string;
  minimum?: number;
  anyOf?: SchemaNode[];
  properties?: { [name: string]: SchemaNode };
  required?: string[];
  additionalProperties?: boolean | SchemaNode;
  items?: SchemaNode;
}

export interface RootSchema extends SchemaNode {
  $defs: { [name: string]: SchemaNode };
}

/** The first thing that is wrong with a value. */
export interface Problem {
  path: string;
  message: string;
}

/**
 * The first place where `value` is not what `schema` says, or null. Of alternatives that all fail, the one of the value's own `type` or `kind` is the
 * one that was meant, else the one that got furthest.
 */
export function findProblem(value: unknown, schema: RootSchema): Problem | null {
  return check(value, schema, '', schema);
}

function check(value: unknown, schema: SchemaNode, path: string, root: RootSchema): Problem | null {
  if (schema.$ref !== undefined) return check(value, root.$defs[schema.$ref.replace('#/$defs/', '')]!, path, root);
  if (schema.anyOf !== undefined) return checkAny(value, schema.anyOf, path, root);
  if ('const' in schema && value !== schema.const) return unexpected(JSON.stringify(schema.const), value, path);
  if (schema.enum !== undefined && !schema.enum.includes(value))
    return unexpected(`one of ${schema.enum.map((known) => JSON.stringify(known)).join(', ')}`, value, path);
  if (schema.type !== undefined) {
    const types = [schema.type].flat();
    if (!types.includes(typeOf(value)))
      return unexpected(types.map((type) => NAMES[type] ?? type).join(' or '), value, path);
  }
  if (schema.not?.enum.includes(value)) return unexpected('another word', value, path);
  if (schema.pattern !== undefined && typeof value === 'string' && !new RegExp(schema.pattern, 'u').test(value))
    return unexpected(`a text like ${schema.pattern}`, value, path);
  if (schema.minimum !== undefined && typeof value === 'number' && value < schema.minimum)
    return unexpected(`a number from ${schema.minimum} on`, value, path);
  if (Array.isArray(value)) return schema.items === undefined ? null : checkItems(value, schema.items, path, root);
  return typeof value === 'object' && value !== null ? checkMembers(value, schema, path, root) : null;
}

function checkAny(value: unknown, schemas: SchemaNode[], path: string, root: RootSchema): Problem | null {
  const problems: Problem[] = [];
  for (const schema of schemas) {
    const problem = check(value, schema, path, root);
    if (problem === null) return null;
    problems.push(problem);
  }
  const meant = problems.filter(
    (problem) => problem.path !== memberPath(path, 'type') && problem.path !== memberPath(path, 'kind'),
  );
  const candidates = meant.length === 0 ? problems : meant;
  const furthest = Math.max(...candidates.map((problem) => problem.path.length));
  const likely = candidates.filter((problem) => problem.path.length === furthest);
  if (likely.length === 1) return likely[0]!;
  const { message, ...where } = likely[0]!;
  const alternatives = new Set(likely.map((problem) => problem.message.split(GOT)[0]!.replace(EXPECTED, '')));
  const [, ...got] = message.split(GOT);
  return { ...where, message: [`${EXPECTED}${[...alternatives].join(' or ')}`, ...got].join(GOT) };
}

function checkItems(items: unknown[], schema: SchemaNode, path: string, root: RootSchema): Problem | null {
  for (let i = 0; i < items.length; i++) {
    const problem = check(items[i], schema, `${path}[${i}]`, root);
    if (problem !== null) return problem;
  }
  return null;
}

function checkMembers(value: object, schema: SchemaNode, path: string, root: RootSchema): Problem | null {
  const { properties = {}, required = [], additionalProperties = true } = schema;
  for (const name of required)
    if (!Object.hasOwn(value, name)) return { path: memberPath(path, name), message: 'is missing' };
  for (const [name, member] of Object.entries(value)) {
    const at = memberPath(path, name);
    const known = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (known === false) return { path: at, message: 'is not known here' };
    const problem = known === true || known === undefined ? null : check(member, known, at, root);
    if (problem !== null) return problem;
  }
  return null;
}

const EXPECTED = 'expected ';
const GOT = ', got ';

function unexpected(wanted: string, value: unknown, path: string): Problem {
  const text = JSON.stringify(value) ?? String(value);
  return { path, message: `${EXPECTED}${wanted}${GOT}${text.length <= 60 ? text : `${text.slice(0, 59)}…`}` };
}

const NAMES: { [type: string]: string } = {
  object: 'an object',
  array: 'an array',
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
};

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  // NaN and the infinities are no JSON.
  return typeof value === 'number' && !Number.isFinite(value) ? 'no number' : typeof value;
}
