import { zoneOf } from './iso-date';

const DAY = 86_400_000;
const MINUTE = 60_000;

/**
 * The times in UTC at which the clocks show a local time, which is given as if it were one in UTC: none where they skip
 * it, two where they show it twice.
 */
export type TimeZone = (local: number) => number[];

/** @param name `Europe/Berlin`, `+02:00` or `UTC`. Throws a RangeError if there is no such time zone. */
export function timeZone(name: string): TimeZone {
  if (/^[+-]/.test(name)) {
    const minutes = zoneOf(name);
    if (Number.isNaN(minutes)) throw new RangeError(`invalid time zone ${name}`);
    return (local) => [local - minutes * MINUTE];
  }
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  /** How far the clocks of the zone are ahead at a time. */
  const aheadAt = (utc: number): number => {
    const parts = Object.fromEntries(format.formatToParts(utc).map(({ type, value }) => [type, value]));
    const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
    const date = new Date(0);
    date.setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day));
    return (
      date.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second)) - Math.floor(utc / 1000) * 1000
    );
  };
  return (local) => {
    const candidates = new Set([aheadAt(local - DAY), aheadAt(local + DAY)]);
    return [...candidates].map((ahead) => local - ahead).filter((utc) => utc + aheadAt(utc) === local);
  };
}
