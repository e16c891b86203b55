import type { Schema } from '../model/document';

/**
 * Whether an item is of another kind than what was expected, rather than another case of it: null where a value is
 * optional, a whole number among fractions, a list of another length and, of a batch, fewer items than before are none.
 */
export function departs(expected: Schema, found: Schema, isBatch = false): boolean {
  const known = members(expected);
  if (known.length === 0) return false;
  return members(found).some((one) => !known.some((other) => !differs(other, one, isBatch)));
}

/** The kinds of value, without those that say that there is none. */
function members(schema: Schema): Schema[] {
  const all = schema.type === 'union' ? (schema as { of: Schema[] }).of : [schema];
  return all.filter(({ type }) => type !== 'null' && type !== 'undefined');
}

function differs(a: Schema, b: Schema, isBatch: boolean): boolean {
  if (isNumber(a) && isNumber(b)) return false;
  if (a.type !== b.type) return true;
  if (a.type === 'tensor' && b.type === 'tensor') {
    const { shape } = b;
    return (
      !isSameDtype(a.dtype, b.dtype) ||
      a.shape.length !== shape.length ||
      a.shape.some(({ min, max }, at) => (!isBatch || at > 0) && (shape[at]!.min < min || shape[at]!.max > max))
    );
  }
  if (a.type === 'record' && b.type === 'record') {
    const fields = new Map(b.fields.map((field) => [field.name, field]));
    const isKnown = new Set(a.fields.map(({ name }) => name));
    return (
      (b.more !== true && a.more !== true && b.fields.some(({ name }) => !isKnown.has(name))) ||
      a.fields.some(({ name, optional, schema }) => {
        const field = fields.get(name);
        return field === undefined ? !optional && b.more !== true : departs(schema, field.schema, isBatch);
      })
    );
  }
  if (a.type === 'list' && b.type === 'list') return a.items !== null && b.items !== null && departs(a.items, b.items);
  return JSON.stringify(a) !== JSON.stringify(b);
}

const isNumber = ({ type }: Schema): boolean => type === 'int' || type === 'float';

/** `int` and `float` are plain numbers in a list, which a value can change between. */
const isSameDtype = (a: string, b: string): boolean =>
  a === b || [a, b].every((one) => one === 'int' || one === 'float');
