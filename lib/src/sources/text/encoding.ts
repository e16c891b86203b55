import { isUtf8 } from 'node:buffer';
import { inWords } from '../../util/check';

/** Names that are common elsewhere, but are not labels of the web's encodings. */
const ALIASES: { readonly [name: string]: string } = {
  utf8sig: 'utf-8',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  utf16: 'utf-16',
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  latin1: 'latin1',
  // To the web this is Windows-1252, in which all bytes are characters.
  ascii: 'utf-8',
  usascii: 'utf-8',
};

const MARKS: readonly { bytes: readonly number[]; encoding: string; name: string }[] = [
  { bytes: [0xff, 0xfe, 0, 0], encoding: 'utf-32', name: 'UTF-32' },
  { bytes: [0, 0, 0xfe, 0xff], encoding: 'utf-32', name: 'UTF-32' },
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8', name: 'UTF-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le', name: 'UTF-16 LE' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be', name: 'UTF-16 BE' },
];

/** How many of the first bytes are looked at for NUL. */
const LOOKED_AT = 1024;

/**
 * The encoding that a name means, as `TextDecoder` calls it; `utf-16` where the mark at the beginning has to say which.
 */
export function checkEncoding(given: unknown, kind: string): string | undefined {
  if (given === undefined) return undefined;
  const wanted = String(given).trim().toLowerCase();
  const known = ALIASES[wanted.replace(/[-_ ]/g, '')] ?? wanted;
  try {
    return known === 'utf-16' ? known : new TextDecoder(known, { fatal: true }).encoding;
  } catch (cause) {
    throw new TypeError(
      `invalid encoding of ${kind}: expected a label of TextDecoder (utf-8, utf-16le, latin1, windows-1252, shift_jis, …), got ${inWords(given)}`,
      { cause },
    );
  }
}

/**
 * The encoding of a text that begins with `head`, and how many bytes its byte order mark has. Without a mark it is
 * `given`, else UTF-8.
 *
 * @throws if the mark says something else than `given`, or the bytes cannot be of that encoding.
 */
export function encodingOf(file: string, head: Buffer, given: string | undefined): { encoding: string; mark: number } {
  const mark = MARKS.find(({ bytes }) => bytes.every((byte, i) => head[i] === byte));
  if (mark?.encoding === 'utf-32')
    throw new Error(`${file} is in UTF-32, an encoding that is not read; save it in UTF-8`);
  const wanted = given === 'utf-16' ? (mark?.encoding ?? 'utf-16le') : given;
  if (mark !== undefined && wanted !== undefined && mark.encoding !== wanted)
    throw new Error(
      `${file} begins with the byte order mark of ${mark.name}, but the encoding that was given is ${given}; leave the option out`,
    );
  if (mark !== undefined) return { encoding: mark.encoding, mark: mark.bytes.length };
  const nuls = nulsIn(head.subarray(0, LOOKED_AT));
  const hasNul = nuls.even + nuls.odd > 0;
  // The high bytes of a Latin letter, a space or a line end are 0.
  const order = nuls.even > 1 && nuls.odd === 0 ? 'utf-16be' : nuls.odd > 1 && nuls.even === 0 ? 'utf-16le' : null;
  if (wanted === undefined && hasNul)
    throw new Error(
      `${file} is not UTF-8 text, it has NUL bytes: these are binary data, or UTF-16 without a byte order mark ` +
        `(then pass encoding: '${order ?? 'utf-16le'}'); encoding: 'utf-8' keeps them`,
    );
  if (wanted?.startsWith('utf-16') && order !== null && order !== wanted)
    throw new Error(`${file} is in the other byte order than ${given}, which was given; pass encoding: '${order}'`);
  if (wanted?.startsWith('utf-16') && !hasNul && isUtf8(head.subarray(0, LOOKED_AT - 4)))
    throw new Error(`${file} is not in the encoding ${given} that was given, but in UTF-8; leave the option out`);
  return { encoding: wanted ?? 'utf-8', mark: 0 };
}

/** How many NUL bytes there are at even and at odd places. */
function nulsIn(bytes: Buffer): { even: number; odd: number } {
  const nuls = { even: 0, odd: 0 };
  for (let at = bytes.indexOf(0); at !== -1; at = bytes.indexOf(0, at + 1)) nuls[at % 2 === 0 ? 'even' : 'odd']++;
  return nuls;
}
