import { inWords } from '../../util/check';
import { dateFormat } from './date-format';
import { type DateFields, isoFields, utcOf } from './iso-date';
import { type TimeZone, timeZone } from './time-zone';

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

/** Reads the dates of a column: a Date, or, in words that follow the text, why it is none. */
export function dateReader(
  { format, timeZone: zone, truncate }: DateColumn,
  column: string,
): (text: string) => Date | string {
  const fieldsOf = format === undefined ? isoFields : dateFormat(format);
  const toUtc = zone === undefined ? null : zoneOfColumn(zone, column);
  const noDate =
    format === undefined
      ? 'which is no date of ISO 8601, such as 2024-03-31 or 2024-03-31T12:00Z; other dates need a format'
      : `which is no date of the format ${format}`;
  return (text) => {
    const fields = fieldsOf(text);
    if (fields === null) return noDate;
    const local = utcOf(fields);
    if (local === null || Number.isNaN(local) || Number.isNaN(fields.zone)) return IMPOSSIBLE;
    if (truncate !== true && isTooFine(fields)) return TOO_FINE;
    if (fields.zone !== null) return new Date(local - fields.zone * 60_000);
    if (toUtc === null) return new Date(local);
    const times = toUtc(local);
    return times.length === 1 ? new Date(times[0]!) : unclear(zone!, times.length);
  };
}

const IMPOSSIBLE = 'which is no date of the calendar, or not a time of day';
const TOO_FINE =
  "which is finer than the milliseconds of a Date; its type may be { type: 'date', truncate: true } or 'text'";

const unclear = (zone: string, times: number): string =>
  `which the clocks of ${zone} ${times === 0 ? 'skipped' : 'showed twice'}, as they were changed; write the times with ` +
  "their offset from UTC, or read the column as 'text'";

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
