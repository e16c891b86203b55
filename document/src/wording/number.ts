let formatter: Intl.NumberFormat | undefined;

/**
 * Without a fraction, in groups of three. Made with the first number: it takes longer than most modules take to load.
 */
function grouped(value: number): string {
  formatter ??= new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
  return formatter.format(value);
}

/** A count, exact and grouped: `9,469`; from a hundred million on `123.5 M`. */
export function formatCount(count: number): string {
  if (count >= 1e9) {
    return `${(count / 1e9).toFixed(2)} G`;
  }
  return count >= 1e8 ? `${(count / 1e6).toFixed(1)} M` : grouped(count);
}

/** A value from data, in at most four significant digits: `0.1307`, `1.5e-7`, `3`. */
export function formatValue(value: number | string | null): string {
  if (value === null) {
    return '–';
  }
  if (typeof value === 'string' || Number.isInteger(value)) {
    return String(value);
  }
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e6) {
    return String(Number(value.toPrecision(4)));
  }
  return value.toExponential(2);
}

/** A value with all its digits, whole numbers grouped: `7,840,000`, `0.1289861956`. */
export function formatExact(value: number | string | null): string {
  return typeof value === 'number' && Number.isSafeInteger(value)
    ? grouped(value)
    : value === null
      ? '–'
      : String(value);
}

/** Items a second: `333/s`, `12.4k/s`, `0.52/s`. */
export function formatRate(perSecond: number): string {
  if (!Number.isFinite(perSecond) || perSecond <= 0) {
    return '–';
  }
  if (perSecond >= 1e6) {
    return `${(perSecond / 1e6).toFixed(2)}M/s`;
  }
  if (perSecond >= 1e4) {
    return `${(perSecond / 1e3).toFixed(1)}k/s`;
  }
  return perSecond >= 100 ? `${grouped(perSecond)}/s` : `${perSecond.toPrecision(2)}/s`;
}

/** A share of a whole: `41 %`, `<1 %`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return percent > 0 && percent < 1 ? '<1 %' : `${Math.round(percent)} %`;
}

/** A relative change: `+12 %`, `−40 %`, `±0 %`; nothing where it is not known. */
export function formatChange(change: number | null): string {
  if (change === null) {
    return '';
  }
  const percent = Math.round(change * 100);
  return percent === 0 ? '±0 %' : `${percent > 0 ? '+' : '−'}${Math.abs(percent)} %`;
}
