import { type DateFields, zoneOf } from './iso-date';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

type Setter = (fields: DateFields & { afternoon?: boolean }, text: string) => void;

/** The directives of strptime that say when something was: what they match, and what it means. */
const DIRECTIVES: { readonly [letter: string]: readonly [pattern: string, set: Setter] } = {
  Y: ['\\d{4}', (fields, text) => (fields.year = Number(text))],
  y: ['\\d\\d', (fields, text) => (fields.year = Number(text) + (Number(text) < 69 ? 2000 : 1900))],
  m: ['\\d\\d?', (fields, text) => (fields.month = Number(text))],
  b: ['[A-Za-z]{3}', (fields, text) => (fields.month = MONTHS.indexOf(text.toLowerCase()) + 1)],
  B: ['[A-Za-z]+', (fields, text) => (fields.month = monthOf(text.toLowerCase()))],
  d: [' ?\\d\\d?', (fields, text) => (fields.day = Number(text))],
  H: [' ?\\d\\d?', (fields, text) => (fields.hour = Number(text))],
  I: [' ?\\d\\d?', (fields, text) => (fields.hour = Number(text) <= 12 && Number(text) >= 1 ? Number(text) % 12 : NaN)],
  p: ['[AaPp][Mm]', (fields, text) => (fields.afternoon = /^p/i.test(text))],
  M: ['\\d\\d?', (fields, text) => (fields.minute = Number(text))],
  S: ['\\d\\d?', (fields, text) => (fields.second = Number(text))],
  f: ['\\d+', (fields, text) => (fields.fraction = text)],
  z: ['[Zz]|[+-]\\d\\d:?\\d\\d', (fields, text) => (fields.zone = zoneOf(text))],
};

const LONG = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october'];
const monthOf = (name: string): number => [...LONG, 'november', 'december'].indexOf(name) + 1;

/**
 * Reads dates of a format with the directives of strptime, as Python, pandas and polars have them: `%d.%m.%Y %H:%M`.
 */
export function dateFormat(format: string): (text: string) => DateFields | null {
  const setters: Setter[] = [];
  const source = format.replace(/%(.?)|[\\^$.*+?()[\]{}|/]/g, (match, letter: string | undefined) => {
    if (letter === undefined) return `\\${match}`;
    if (letter === '%') return '%';
    const directive = Object.hasOwn(DIRECTIVES, letter) ? DIRECTIVES[letter]! : null;
    if (directive === null)
      throw new TypeError(
        `invalid date format ${JSON.stringify(format)}: expected directives of %${Object.keys(DIRECTIVES).join(', %')}, got ${match}`,
      );
    setters.push(directive[1]);
    return `(${directive[0]})`;
  });
  if (setters.length === 0)
    throw new TypeError(`invalid date format ${JSON.stringify(format)}: expected directives such as %d.%m.%Y`);
  const pattern = new RegExp(`^${source}$`);
  return (text) => {
    const match = pattern.exec(text);
    if (match === null) return null;
    const fields: Parameters<Setter>[0] = {
      year: 1970,
      month: 1,
      day: 1,
      hour: 0,
      minute: 0,
      second: 0,
      fraction: '',
      zone: null,
    };
    setters.forEach((set, i) => set(fields, match[i + 1]!));
    if (fields.afternoon === true) fields.hour += 12;
    return fields;
  };
}
