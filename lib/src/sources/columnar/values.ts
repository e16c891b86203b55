import type { Values } from './options';

export type Unit = 's' | 'ms' | 'us' | 'ns';

/** Digits behind the second. */
const DIGITS: { [unit in Unit]: number } = { s: 0, ms: 3, us: 6, ns: 9 };

/** A bigint as it is, or as a number. */
export function integerOf(value: bigint, { integers }: Values): bigint | number {
  if (integers === 'bigint') return value;
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new Error(`${value} is beyond 2^53, where a number would round it; leave integers: 'number' out`);
  return number;
}

/** `unscaled` × 10^-`scale`, with all its digits. */
export function decimalOf(unscaled: bigint, scale: number, { decimals }: Values): string | number {
  const text = decimalText(unscaled, scale);
  return decimals === 'text' ? text : Number(text);
}

function decimalText(unscaled: bigint, scale: number): string {
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
  const negative = unscaled < 0n;
  const digits = String(negative ? -unscaled : unscaled).padStart(scale + 1, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

const MAX_DATE_MS = 8_640_000_000_000_000n;

/** A time since 1970; `zoned`: in UTC, else at a place that the file does not tell, of which a Date makes UTC. */
export function timestampOf(value: bigint, unit: Unit, zoned: boolean, { timestamps }: Values): Date | string {
  const perSecond = 10n ** BigInt(DIGITS[unit]);
  const seconds = floorDivide(value, perSecond);
  const rest = value - seconds * perSecond;
  const ms = seconds * 1000n + (rest * 1000n) / perSecond;
  if (ms > MAX_DATE_MS || ms < -MAX_DATE_MS)
    throw new Error(`the timestamp ${value} ${unit} is beyond the years that a Date can hold; leave the column out`);
  const text = (): string =>
    new Date(Number(seconds) * 1000).toISOString().slice(0, -5) + fractionText(rest, unit) + (zoned ? 'Z' : '');
  if (timestamps === 'text') return text();
  if ((rest * 1000n) % perSecond !== 0n)
    throw new Error(
      `the timestamp ${text()} has digits beyond milliseconds, which a Date cannot hold; pass timestamps: 'text'`,
    );
  return new Date(Number(ms));
}

/** A time of day as `hh:mm:ss`, with the digits of its unit. */
export function timeOf(value: bigint | number, unit: Unit): string {
  const perSecond = 10n ** BigInt(DIGITS[unit]);
  const seconds = BigInt(value) / perSecond;
  const two = (part: bigint): string => String(part).padStart(2, '0');
  const clock = `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  return clock + fractionText(BigInt(value) % perSecond, unit);
}

const fractionText = (rest: bigint, unit: Unit): string =>
  unit === 's' ? '' : `.${String(rest).padStart(DIGITS[unit], '0')}`;

const floorDivide = (a: bigint, b: bigint): bigint => (a < 0n && a % b !== 0n ? a / b - 1n : a / b);

const MS_PER_DAY = 86_400_000;

export const dateOfDays = (days: number): Date => new Date(days * MS_PER_DAY);

// Its own mark of a byte order is part of a text.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw new Error('the text is not UTF-8', { cause: error });
  }
}

/** A copy: what was read holds on to the memory of its whole page. */
export const copyOf = (bytes: Uint8Array): Uint8Array => bytes.slice();

/** The integer in two's complement whose bytes are these, the first one the highest. */
export function bigEndian(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex}`));
}
