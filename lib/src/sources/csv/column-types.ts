import { inWords } from '../../util/check';
import { checkOptions, closest, type OptionTypes } from '../../util/options';
import { declaredNumber, exactNumber, nearestNumber, wholeNumber } from '../text/exact-number';
import { trimSpaces } from '../text/spaces';
import { type DateColumn, dateReader } from './date-reader';
import { type NumberStyle, styled } from './number-style';
import type { Reader } from './reader';

/**
 * What a column of a file of text holds. `number`: one that is exact where it is whole, below 2^53; `float`: the
 * nearest number.
 */
export type ColumnTypeName = 'number' | 'float' | 'bigint' | 'text' | 'boolean' | 'date';

/** What a column holds: the name of a type, or more of dates. */
export type ColumnType = ColumnTypeName | DateColumn;

const NAMES: readonly ColumnTypeName[] = ['number', 'float', 'bigint', 'text', 'boolean', 'date'];

/**
 * How a column of a type is read; null for text, which is left as it is. @throws TypeError if there is no such type.
 */
export function readerOf(type: ColumnType, column: string, style: NumberStyle): Reader | null {
  const name: unknown = typeof type === 'object' && type !== null ? checkDateColumn(type, column) : type;
  switch (name as ColumnTypeName) {
    case 'text':
      return null;
    case 'number':
      return trimmed(styled(declaredNumber, style));
    case 'float':
      return trimmed(styled(nearestNumber, style));
    case 'bigint':
      return trimmed(styled(wholeNumber, style));
    case 'boolean':
      return trimmed((text) => BOOLEANS.get(text.toLowerCase()));
    case 'date': {
      const read = dateReader(dateColumn(type), column);
      return trimmed((text) => {
        const value = read(text);
        return typeof value === 'string' ? undefined : value;
      });
    }
  }
  const meant = typeof name === 'string' ? (SYNONYMS.get(name.toLowerCase()) ?? closest(name, NAMES)) : undefined;
  throw new TypeError(
    `invalid type of the column ${inWords(column)}: expected ${NAMES.join(', ')}, got ${inWords(name)}` +
      (meant === undefined ? '' : `; did you mean ${meant}?`),
  );
}

function checkDateColumn(type: DateColumn, column: string): 'date' {
  checkOptions(type, `the column ${inWords(column)}`, DATE_COLUMN);
  if (type.type === 'date') return type.type;
  throw new TypeError(
    `invalid type of the column ${inWords(column)}: expected a record only for dates, { type: 'date', … }, ` +
      `and else the name of a type (${NAMES.join(', ')}), got { type: ${inWords(type.type)} }`,
  );
}

const DATE_COLUMN: OptionTypes<DateColumn> = { type: 'any', format: 'text', timeZone: 'text', truncate: 'boolean' };

/** How a column is read whose type was not given, but found to be numbers. */
export const inferredNumbers = (style: NumberStyle): Reader => trimmed(styled(exactNumber, style));

/** What a column of dates says of them. */
export const dateColumn = (type: ColumnType): DateColumn => (typeof type === 'object' ? type : { type: 'date' });

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
]);

const SYNONYMS: ReadonlyMap<string, ColumnTypeName> = new Map([
  ['int', 'number'],
  ['integer', 'number'],
  ['double', 'float'],
  ['int64', 'bigint'],
  ['string', 'text'],
  ['str', 'text'],
  ['bool', 'boolean'],
  ['datetime', 'date'],
  ['timestamp', 'date'],
]);

/** Without spaces and tabs where a text is none as it is: most have none around them. */
const trimmed =
  (read: Reader): Reader =>
  (text) => {
    const value = read(text);
    return value === undefined && text !== (text = trimSpaces(text)) ? read(text) : value;
  };
