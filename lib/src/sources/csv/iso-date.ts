const ISO =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$|^(\d{4})-?(\d\d)-?(\d\d)(?:[Tt ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?\s?([Zz]|[+-]\d\d(?::?\d\d)?)?)?$/;

/** What a text says of a time. `zone`: minutes ahead of UTC; null where it does not say. */
export interface DateFields {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** The digits behind the second's point. */
  fraction: string;
  zone: number | null;
}

/** The fields of a date of ISO 8601, with or without a time; a space may stand for the T. Null for anything else. */
export function isoFields(text: string): DateFields | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const [, year, month, day, fullYear, fullMonth, fullDay, hour, minute, second, fraction, zone] = match;
  return {
    year: Number(year ?? fullYear),
    month: Number(month ?? fullMonth ?? 1),
    day: Number(day ?? fullDay ?? 1),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    fraction: fraction ?? '',
    zone: zone === undefined ? null : zoneOf(zone),
  };
}

/** Minutes ahead of UTC of `Z`, `+02`, `+0200` or `+02:00`; NaN where there is no such zone. */
export function zoneOf(text: string): number {
  if (/^z$/i.test(text)) return 0;
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(text) ?? [];
  if (Number(hours) > 23 || Number(minutes) > 59) return NaN;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/**
 * Milliseconds of a time in UTC, as if the fields were in it; null where the calendar or the clock has no such time.
 */
export function utcOf({ year, month, day, hour, minute, second, fraction }: DateFields): number | null {
  const isMidnight = hour === 24 && minute === 0 && second === 0 && Number(fraction) === 0;
  if ((hour > 23 && !isMidnight) || minute > 59 || second > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.setUTCHours(hour, minute, second, Number(fraction.slice(0, 3).padEnd(3, '0')));
}
