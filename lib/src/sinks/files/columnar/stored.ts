import { type Found, ListType, StructType } from './column-type';

/** A value as the libraries take it: null for what is missing, lists that are arrays, records with all fields. */
export function stored(value: unknown, type: Found): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'int64') return BigInt(value as number);
  if (type instanceof ListType)
    return Array.from(value as ArrayLike<unknown>, (element) => stored(element, type.element));
  if (!(type instanceof StructType)) return value;
  const record: { [name: string]: unknown } = Object.create(null) as object as { [name: string]: unknown };
  for (const [name, field] of type.fields)
    record[name] = Object.hasOwn(value, name) ? stored((value as { [name: string]: unknown })[name], field) : null;
  return record;
}
