/** A decimal number without leading zeros. */
const NUMBER = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
/** With leading zeros, too. */
const ANY_NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const NOT_FINITE = /^[+-]?(?:inf(?:inity)?|nan)$/i;
/** So that `+4915112345678` stays what it is. */
const PHONE_NUMBER = /^\+\d{7,}$/;
const INTEGER = /^[+-]?\d+$/;

/** Decimals of up to 15 digits survive the way to a float and back, if they are none of the tiniest or hugest. */
const SAFE_LENGTH = 15;
const SAFE_LEAST = 1e-290;
const SAFE_GREATEST = 1e290;

/**
 * The number that a text surely means and a float holds exactly; undefined for all else, such as `007`, `0x10` or 2^53
 * + 1.
 */
export function exactNumber(text: string): number | undefined {
  const whole = shortWhole(text);
  if (whole >= 0) return whole;
  if (!NUMBER.test(text)) return notFinite(text);
  const value = Number(text);
  return isExact(text, value) && !PHONE_NUMBER.test(text) ? value : undefined;
}

/**
 * What most columns of numbers have, without a regular expression: a whole number of up to 15 digits; -1 for all else.
 */
function shortWhole(text: string): number {
  const { length } = text;
  if (length === 0 || length > SAFE_LENGTH || (length > 1 && text.charCodeAt(0) === 48)) return -1;
  let value = 0;
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/**
 * As `exactNumber`, where it is known that numbers are meant: `007` is 7, and decimals of many digits are rounded as
 * floats are. From 2^53 on all digits have to survive.
 */
export function declaredNumber(text: string): number | undefined {
  const whole = shortWhole(text);
  if (whole >= 0) return whole;
  if (!ANY_NUMBER.test(text)) return notFinite(text);
  const value = nearestNumber(text);
  return value !== undefined && Math.abs(value) >= 2 ** 53 && !isExact(text, value) ? undefined : value;
}

/** The float that is nearest to a number, however many digits it has; undefined for what no float is near to. */
export function nearestNumber(text: string): number | undefined {
  if (!ANY_NUMBER.test(text)) return notFinite(text);
  const value = Number(text);
  return Number.isFinite(value) && (value !== 0 || isZero(text)) ? value : undefined;
}

/** With decimals that are zeros, or an exponent, as programs write whole numbers of columns with gaps. */
const WHOLE = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]\+?(\d{1,3}))?$/;

/** A whole number with all its digits: `12`, `12.0`, `1e20`; undefined for all else. */
export function wholeNumber(text: string): bigint | undefined {
  const [match, sign, digits, decimals = '', exponent = '0'] = WHOLE.exec(text) ?? [];
  if (match === undefined) return undefined;
  const zeros = Number(exponent);
  if (/[1-9]/.test(decimals.slice(zeros))) return undefined;
  const value = BigInt(digits! + decimals.slice(0, zeros).padEnd(zeros, '0'));
  return sign === '-' ? -value : value;
}

/** What sort of number a text is, in any notation; undefined where it is none. */
export function kindOfNumber(text: string): 'whole' | 'decimal' | 'out of range' | undefined {
  if (!ANY_NUMBER.test(text)) return undefined;
  if (nearestNumber(text) === undefined) return 'out of range';
  return wholeNumber(text) === undefined ? 'decimal' : 'whole';
}

/** NaN and the infinities, as R, Python and JavaScript write them. */
function notFinite(text: string): number | undefined {
  if (!NOT_FINITE.test(text)) return undefined;
  if (/nan$/i.test(text)) return NaN;
  return text.startsWith('-') ? -Infinity : Infinity;
}

/**
 * Whether `value` is all that the decimal number in `text` says. Whole numbers have to be below 2^53: beyond it
 * neighbours would be lost.
 */
export function isExact(text: string, value: number): boolean {
  const size = Math.abs(value);
  if (text.length <= SAFE_LENGTH && size > SAFE_LEAST && size < SAFE_GREATEST) return true;
  if (value === 0) return isZero(text);
  // Most decimals of many digits were written by a program that writes them so.
  if (size < 2 ** 53 && String(value) === text) return true;
  if (INTEGER.test(text)) return Number.isSafeInteger(value);
  if (!Number.isFinite(value)) return false;
  const digits = digitsOf(text);
  if (digits === digitsOf(String(value))) return true;
  return digits.length <= 100 && digits === digitsOf(value.toExponential(digits.length - 1));
}

/** The digits that count: without zeros at either end. */
const digitsOf = (text: string): string =>
  text
    .replace(/[eE].*$/, '')
    .replace(/[^\d]/g, '')
    .replace(/^0+|0+$/g, '');

const isZero = (text: string): boolean => !/[1-9]/.test(text.replace(/[eE].*$/, ''));
