import { types } from 'node:util';
import { inWords } from '../../util/check';
import { hasPlainPrototype } from '../../util/plain-prototype';
import { isOpaque } from './fields';
import { numberText } from './number-text';

/**
 * A value as one line of JSON, without the end of the line. It has every digit: a bigint is a number, -0 has its sign.
 * A Date is a text, and the numbers of a typed array are a list; a field that is undefined is left out.
 *
 * @throws TypeError that names the field, where JSON has no such value.
 */
export function jsonLine(item: unknown): string {
  // V8 writes plain values several times faster.
  const text = isPlain(item) ? JSON.stringify(item) : valueText(item, []);
  if (text === undefined) throw refusal(item, []);
  return text;
}

/** Whether `JSON.stringify` loses nothing of it. */
function isPlain(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Math.abs(value) < 2 ** 53 && !Object.is(value, -0);
    case 'object':
      break;
    default:
      return false;
  }
  if (value === null) return true;
  // A hole in it is undefined, which `every` would pass over.
  if (Array.isArray(value)) return Array.from(value).every(isPlain) && !('toJSON' in value);
  if (!hasPlainPrototype(value) || 'toJSON' in value) return false;
  for (const name in value) {
    const member = (value as { [name: string]: unknown })[name];
    if (member !== undefined && !isPlain(member)) return false;
  }
  return true;
}

type Path = (string | number)[];

/** Undefined for what is undefined. */
function valueText(value: unknown, path: Path): string | undefined {
  switch (typeof value) {
    case 'undefined':
      return undefined;
    case 'bigint':
      return String(value);
    case 'number':
      if (!Number.isFinite(value)) throw refusal(value, path);
      return numberText(value);
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'object':
      return value === null ? 'null' : objectText(value, path);
    default:
      throw refusal(value, path);
  }
}

function objectText(value: object, path: Path): string | undefined {
  const own = (value as { toJSON?: unknown }).toJSON;
  if (typeof own === 'function' && !(types.isDate(value) && Number.isNaN(value.getTime())))
    return valueText((own as () => unknown).call(value), path);
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !types.isDataView(value)))
    return `[${Array.from(value as ArrayLike<unknown>, (member, i) => elementText(member, [...path, i])).join(',')}]`;
  if (isOpaque(value)) throw refusal(value, path);
  const members = Object.entries(value).flatMap(([name, member]) => {
    const text = valueText(member, [...path, name]);
    return text === undefined ? [] : `${JSON.stringify(name)}:${text}`;
  });
  return `{${members.join(',')}}`;
}

function elementText(value: unknown, path: Path): string {
  const text = valueText(value, path);
  if (text === undefined) throw refusal(value, path);
  return text;
}

function refusal(value: unknown, path: Path): TypeError {
  const what = path.length === 0 ? 'the item' : `the field ${inWords(pathText(path))}`;
  return new TypeError(`${what} is ${inWords(value)}, which JSON cannot hold; ${adviceOn(value)}`);
}

function adviceOn(value: unknown): string {
  if (typeof value === 'number') return 'map it to null, or to a text';
  if (types.isDate(value)) return 'it is no date of the calendar; map it to null';
  if (types.isMap(value)) return 'map it to a record, as with Object.fromEntries';
  if (types.isSet(value)) return 'map it to a list, as with [...set]';
  return 'map it to numbers, texts, booleans, null, lists or records of these first, or leave it out';
}

/** `box.points[2].x` */
const pathText = (path: Path): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
