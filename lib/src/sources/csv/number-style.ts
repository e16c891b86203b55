import type { Reader } from './reader';

/** How numbers are written. */
export interface NumberStyle {
  decimal: string;
  thousands: string | null;
}

/** Reads numbers of a style by a reader of those with a point and without marks for thousands. */
export function styled(read: Reader, { decimal, thousands }: NumberStyle): Reader {
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
