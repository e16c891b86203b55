import { declaredNumber, kindOfNumber } from '../text/exact-number';
import { trimSpaces } from '../text/spaces';
import { type ColumnTypeName, dateColumn } from './column-types';
import type { CsvColumn } from './csv-column';
import { dateReader } from './date-reader';
import { styled } from './number-style';

/** What other programs write where there is no value. */
const MISSING = /^(?:#?n\/?a|<na>|null|none|nil|missing|unknown|[-.?]+)$/i;

/** Why a field is not a value of its column, and what to do about it. */
export function objection({ name, type, style }: CsvColumn, text: string): string {
  const bare = trimSpaces(text);
  const advice = MISSING.test(bare)
    ? `; if it stands for nothing, pass nullValues: [${JSON.stringify(text)}]`
    : invisibleIn(bare);
  const kind = styled(kindOfNumber, style)(bare);
  const typeName = typeof type === 'object' && type !== null ? type.type : type;
  if (type !== null && typeName === 'date') return (dateReader(dateColumn(type), name)(bare) as string) + advice;
  const isPlain = styled(declaredNumber, style)(bare) !== undefined;
  const [reason, ways] = typeName === null ? ofInferred(kind, isPlain) : ofGiven(kind, typeName);
  if (ways.length === 0) return reason + advice;
  const [first, ...others] = ways;
  const types =
    typeName === null ? `give its type: types: { ${JSON.stringify(name)}: ${first} }` : `its type may be ${first}`;
  return `${[`${reason}; ${types}`, ...others].join(', or ')}${advice}`;
}

type Objection = readonly [reason: string, ways: readonly string[]];

const NEAREST = "'float' for the nearest number";
const INEXACT = 'which a number cannot hold exactly';
const TOO_GREAT: Objection = ['which is too great or too small for a number', ["'text'"]];

function ofInferred(kind: unknown, isNumber: boolean): Objection {
  if (kind === 'out of range') return TOO_GREAT;
  if (kind === undefined) return ['which is not a number, unlike all before it', ["'text'"]];
  if (kind === 'decimal') return [INEXACT, ["'text'", NEAREST]];
  return isNumber
    ? ['which is not written as numbers are, unlike all before it', ["'text'", "'number'"]]
    : [INEXACT, ["'bigint'", "'text'", NEAREST]];
}

function ofGiven(kind: unknown, type: ColumnTypeName): Objection {
  if (type === 'boolean') return ['which is no boolean: expected true, false, 1 or 0', []];
  if (type === 'bigint') return ['which is not a whole number', kind === undefined ? [] : ["'number'", "'text'"]];
  if (kind === undefined) return ['which is not a number', []];
  if (kind === 'out of range') return TOO_GREAT;
  return [INEXACT, kind === 'whole' ? ["'bigint'", "'text'", NEAREST] : ["'text'", NEAREST]];
}

/** A no-break space, a byte order mark and the like cannot be seen in a message. */
function invisibleIn(text: string): string {
  const code = /(?! )[\p{Z}\p{C}]/u.exec(text)?.[0].codePointAt(0);
  return code === undefined ? '' : `; it has the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
