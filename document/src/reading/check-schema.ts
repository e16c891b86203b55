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
 * The first place where `value` is not what `schema` says, or null. Of alternatives that all fail, the one of the
 * value's own `type` or `kind` is the one that was meant, else the one that got furthest.
 */
export function findProblem(value: unknown, schema: RootSchema): Problem | null {
  const mismatch = check(value, schema, schema);
  return mismatch === null ? null : { path: pathOf(mismatch), message: mismatch.message() };
}

/**
 * A problem of which path and message are yet to be written: of many alternatives one fails for each value that is
 * right.
 */
interface Mismatch {
  /** Members and indices that lead to it, from the inside out. */
  steps: (string | number)[];
  message: () => string;
}

const pathOf = ({ steps }: Mismatch): string =>
  steps.reduceRight<string>(
    (path, step) => (typeof step === 'number' ? `${path}[${step}]` : memberPath(path, step)),
    '',
  );

function check(value: unknown, schema: SchemaNode, root: RootSchema): Mismatch | null {
  if (schema.$ref !== undefined) return check(value, root.$defs[schema.$ref.slice(REF.length)]!, root);
  if (schema.anyOf !== undefined) return checkAny(value, schema.anyOf, root);
  if ('const' in schema && value !== schema.const) return unexpected(() => JSON.stringify(schema.const), value);
  if (schema.enum !== undefined && !schema.enum.includes(value))
    return unexpected(() => `one of ${schema.enum!.map((known) => JSON.stringify(known)).join(', ')}`, value);
  const { type } = schema;
  if (type !== undefined) {
    const found = typeOf(value);
    if (typeof type === 'string' ? type !== found : !type.includes(found))
      return unexpected(
        () =>
          [type]
            .flat()
            .map((each) => NAMES[each] ?? each)
            .join(' or '),
        value,
      );
  }
  if (schema.not?.enum.includes(value)) return unexpected(() => 'another word', value);
  if (schema.pattern !== undefined && typeof value === 'string' && !compiled(schema.pattern).test(value))
    return unexpected(() => `a text like ${schema.pattern}`, value);
  if (schema.minimum !== undefined && typeof value === 'number' && value < schema.minimum)
    return unexpected(() => `a number from ${schema.minimum} on`, value);
  if (Array.isArray(value)) return schema.items === undefined ? null : checkItems(value, schema.items, root);
  return typeof value === 'object' && value !== null ? checkMembers(value, schema, root) : null;
}

const REF = '#/$defs/';

function checkAny(value: unknown, schemas: SchemaNode[], root: RootSchema): Mismatch | null {
  const mismatches: Mismatch[] = [];
  for (const schema of schemas) {
    const mismatch = check(value, schema, root);
    if (mismatch === null) return null;
    mismatches.push(mismatch);
  }
  const meant = mismatches.filter(({ steps }) => steps.length !== 1 || (steps[0] !== 'type' && steps[0] !== 'kind'));
  const candidates = meant.length === 0 ? mismatches : meant;
  const furthest = Math.max(...candidates.map((each) => pathOf(each).length));
  const likely = candidates.filter((each) => pathOf(each).length === furthest);
  const [first] = likely;
  if (likely.length === 1) return first!;
  return { steps: first!.steps, message: () => together(likely.map(({ message }) => message())) };
}

/** `expected a or b, got c`, of several messages of which the first says what came. */
function together(messages: readonly string[]): string {
  const alternatives = new Set(messages.map((message) => message.split(GOT)[0]!.replace(EXPECTED, '')));
  const [, ...got] = messages[0]!.split(GOT);
  return [`${EXPECTED}${[...alternatives].join(' or ')}`, ...got].join(GOT);
}

function checkItems(items: unknown[], schema: SchemaNode, root: RootSchema): Mismatch | null {
  for (let i = 0; i < items.length; i++) {
    const mismatch = check(items[i], schema, root);
    if (mismatch !== null) return within(mismatch, i);
  }
  return null;
}

function checkMembers(value: object, schema: SchemaNode, root: RootSchema): Mismatch | null {
  const { properties = {}, required = [], additionalProperties = true } = schema;
  for (const name of required) if (!Object.hasOwn(value, name)) return { steps: [name], message: () => 'is missing' };
  for (const name of Object.keys(value)) {
    const known = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (known === false) return { steps: [name], message: () => 'is not known here' };
    if (known === true || known === undefined) continue;
    const mismatch = check((value as { [name: string]: unknown })[name], known, root);
    if (mismatch !== null) return within(mismatch, name);
  }
  return null;
}

function within(mismatch: Mismatch, step: string | number): Mismatch {
  mismatch.steps.push(step);
  return mismatch;
}

const patterns = new Map<string, RegExp>();

function compiled(pattern: string): RegExp {
  let expression = patterns.get(pattern);
  if (expression === undefined) patterns.set(pattern, (expression = new RegExp(pattern, 'u')));
  return expression;
}

const EXPECTED = 'expected ';
const GOT = ', got ';

function unexpected(wanted: () => string, value: unknown): Mismatch {
  const message = (): string => {
    const text = JSON.stringify(value) ?? String(value);
    return `${EXPECTED}${wanted()}${GOT}${text.length <= 60 ? text : `${text.slice(0, 59)}…`}`;
  };
  return { steps: [], message };
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
  // NaN and the infinities are not valid JSON.
  return typeof value === 'number' && !Number.isFinite(value) ? 'no number' : typeof value;
}
