import { inWords } from '../../util/check';
import { closest } from '../../util/options';
import { dateFormat } from './date-format';
import { declaredNumber, exactNumber, isInexact } from '../text/exact-number';
import { type DateFields, isoFields, utcOf } from './iso-date';
import { type TimeZone, timeZone } from './time-zone';

/** What a column of a file of text holds. */
export type ColumnTypeName = 'number' | 'bigint' | 'text' | 'boolean' | 'date';

/** A column of dates. */
export interface DateColumn {
  type: 'date';
  /** How the dates are written, with the directives of strptime: `%d.%m.%Y %H:%M`. Default: ISO 8601. */
  format?: string;
  /** Where the clocks are that showed times without a zone: `Europe/Berlin` or `+02:00`. Default: UTC. */
  timeZone?: string;
  /** Cuts off what is finer than a millisecond, which a Date cannot hold. Default: it is an error. */
  truncate?: boolean;
}

/** What a column holds: the name of a type, or more of dates. */
export type ColumnType = ColumnTypeName | DateColumn;

/** What the value of a field is; undefined where the text says nothing of the kind. */
export type Reader = (text: string) => unknown;

const NAMES: readonly ColumnTypeName[] = ['number', 'bigint', 'text', 'boolean', 'date'];

/** How numbers are written. */
export interface NumberStyle {
  decimal: string;
  thousands: string | null;
}

/**
 * How a column of a type is read; null for text, which is left as it is. @throws TypeError if there is no such type.
 */
export function readerOf(type: ColumnType, column: string, style: NumberStyle): Reader | null {
  const name = typeof type === 'object' && type !== null ? (type as { type: unknown }).type : type;
  switch (name as ColumnTypeName) {
    case 'text':
      return null;
    case 'number':
      return trimmed(styled(declaredNumber, style));
    case 'bigint':
      return trimmed(styled((text) => (/^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined), style));
    case 'boolean':
      return trimmed((text) => BOOLEANS.get(text.toLowerCase()));
    case 'date':
      return trimmed(dateReader(typeof type === 'object' ? (type as DateColumn) : { type: 'date' }, column));
  }
  const meant = typeof name === 'string' ? (SYNONYMS.get(name.toLowerCase()) ?? closest(name, NAMES)) : undefined;
  throw new TypeError(
    `invalid type of the column ${inWords(column)}: expected ${NAMES.join(', ')}, got ${inWords(name)}` +
      (meant === undefined ? '' : `; did you mean ${meant}?`),
  );
}

/** How a column is read whose type was not given, but found to be numbers. */
export const inferredNumbers = (style: NumberStyle): Reader => trimmed(styled(exactNumber, style));

/** What is wrong with a text that a reader refuses. */
export function objection(type: ColumnType, text: string, style: NumberStyle): string {
  const name = typeof type === 'object' ? type.type : type;
  if (name === 'number' && styled((plain) => isInexact(plain) || undefined, style)(text.trim()) === true)
    return "which a number cannot hold exactly; its type may be 'bigint' or 'text'";
  if (name !== 'date') return `which is no ${name}`;
  const given = typeof type === 'object' ? type : undefined;
  if (given?.format !== undefined) return `which is no date of the format ${given.format}`;
  const fields = isoFields(text.trim());
  if (fields !== null && isTooFine(fields))
    return "which is finer than the milliseconds of a Date; its type may be { type: 'date', truncate: true } or 'text'";
  if (fields !== null && given?.timeZone !== undefined && utcOf(fields) !== null)
    return `which is no date that the clocks of ${given.timeZone} show once`;
  return 'which is no date of ISO 8601, as 2024-03-31 and 2024-03-31T12:00Z are; others need a format';
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
]);

const SYNONYMS: ReadonlyMap<string, ColumnTypeName> = new Map([
  ['int', 'number'],
  ['integer', 'number'],
  ['float', 'number'],
  ['double', 'number'],
  ['int64', 'bigint'],
  ['string', 'text'],
  ['str', 'text'],
  ['bool', 'boolean'],
  ['datetime', 'date'],
  ['timestamp', 'date'],
]);

/** Only where a text is none as it is: most have no spaces around them. */
const trimmed =
  (read: Reader): Reader =>
  (text) => {
    const value = read(text);
    return value === undefined && text !== (text = text.trim()) ? read(text) : value;
  };

/** As if a number were written with a point and without marks for thousands. */
function styled(read: Reader, { decimal, thousands }: NumberStyle): Reader {
  if (decimal === '.' && thousands === null) return read;
  const groups = thousands === null ? null : new RegExp(`^[+-]?\\d{1,3}(?:${escaped(thousands)}\\d{3})+(?!\\d)`);
  return (text) => {
    let plain = text;
    const grouped = groups?.exec(text)?.[0];
    if (grouped !== undefined) plain = grouped.replaceAll(thousands!, '') + text.slice(grouped.length);
    if (decimal === '.') return read(plain);
    return plain.includes('.') ? undefined : read(plain.replace(decimal, '.'));
  };
}

const escaped = (character: string): string => (/\w|\s/.test(character) ? character : `\\${character}`);

function dateReader({ format, timeZone: zone, truncate }: DateColumn, column: string): Reader {
  const fieldsOf = format === undefined ? isoFields : dateFormat(format);
  const toUtc = zone === undefined ? null : zoneOfColumn(zone, column);
  return (text) => {
    const fields = fieldsOf(text);
    if (fields === null || (truncate !== true && isTooFine(fields))) return undefined;
    const local = utcOf(fields);
    if (local === null) return undefined;
    const utc = fields.zone !== null ? local - fields.zone * 60_000 : toUtc === null ? local : toUtc(local);
    return utc === null || Number.isNaN(utc) ? undefined : new Date(utc);
  };
}

function zoneOfColumn(zone: string, column: string): TimeZone {
  try {
    return timeZone(zone);
  } catch (cause) {
    throw new TypeError(
      `invalid timeZone of the column ${inWords(column)}: expected one such as Europe/Berlin or +02:00, got ${inWords(zone)}`,
      { cause },
    );
  }
}

const isTooFine = ({ fraction }: DateFields): boolean => /[1-9]/.test(fraction.slice(3));
