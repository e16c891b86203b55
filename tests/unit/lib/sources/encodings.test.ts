import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset } from 'stemma';
import { Decoder, InvalidBytes } from '../../../../lib/dist/sources/text/decoder.js';
import { dataFiles } from '../../../support/data-file';

const file = dataFiles();
const lines = (content: Uint8Array | string, encoding?: string): Promise<string[]> =>
  Dataset.fromTextLines(file('data.txt', content), { encoding }).toArray();
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('a file of text', () => {
  it.each([
    ['UTF-8', Buffer.from('Jürgen\n😀\n')],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFJürgen\n😀\n')],
    ['UTF-16 LE with a byte order mark', Buffer.from('\uFEFFJürgen\n😀\n', 'utf16le')],
    ['UTF-16 BE with a byte order mark', utf16be('\uFEFFJürgen\n😀\n')],
  ])('may be in %s', async (_, bytes) => {
    expect(await lines(bytes)).toEqual(['Jürgen', '😀']);
    expect(await lines(gzipSync(bytes))).toEqual(['Jürgen', '😀']);
  });

  it.each([
    ['latin1', Buffer.from('Jürgen', 'latin1'), 'Jürgen'],
    ['latin-1', Buffer.from('Jürgen', 'latin1'), 'Jürgen'],
    ['windows-1252', Buffer.from([0x80, 0x35]), '€5'],
    ['utf-16le', Buffer.from('Jürgen\n', 'utf16le'), 'Jürgen'],
    ['utf-16be', utf16be('Jürgen\n'), 'Jürgen'],
    ['utf-16', utf16be('\uFEFFJürgen\n'), 'Jürgen'],
    ['ascii', Buffer.from('Jurgen\n'), 'Jurgen'],
    ['UTF8', Buffer.from('Jürgen\n'), 'Jürgen'],
    ['shift_jis', Buffer.from([0x93, 0xfa, 0x96, 0x7b]), '日本'],
    ['cp932', Buffer.from([0x93, 0xfa, 0x96, 0x7b]), '日本'],
    ['utf-8', Buffer.from('a\0b'), 'a\0b'],
  ])('may be in %s, which is given', async (encoding, bytes, text) => {
    expect(await lines(bytes, encoding)).toEqual([text]);
  });

  it('is not in UTF-8 where its bytes are not: the error says where, after what is before', async () => {
    const before = Array.from({ length: 20_000 }, (_, i) => `line ${i} ü`);
    const head = Buffer.from(`${before.join('\n')}\nJ`);
    const seen: string[] = [];
    const path = file('late.txt', Buffer.concat([head, Buffer.from('ürgen\nRené\n', 'latin1')]));
    await expect(Dataset.fromTextLines(path).forEach((line) => seen.push(line))).rejects.toThrow(
      `${path} line 20001 is not in UTF-8: invalid byte 0xFC at offset ${head.length}; if the file has another encoding, pass it, e.g. encoding: 'latin1'`,
    );
    expect(seen).toEqual(before);
    await expect(lines(Buffer.from('Jürgen', 'latin1'), 'ascii')).rejects.toThrow('invalid byte 0xFC at offset 1');
  });

  it.each([
    [
      'a character that is cut off',
      Buffer.from('ab€').subarray(0, 4),
      undefined,
      /line 1: the text ends in the middle of a character of UTF-8, at byte 2/,
    ],
    [
      'half of a UTF-16 unit',
      Buffer.from('\uFEFFab', 'utf16le').subarray(0, 5),
      undefined,
      /ends in the middle of a character of utf-16le/,
    ],
    [
      'half of a surrogate pair',
      Buffer.from('\uFEFFa\uD83D', 'utf16le'),
      undefined,
      /ends in the middle of a character of utf-16le/,
    ],
    ['a lone surrogate', Buffer.from('\uFEFFa\uD83Db', 'utf16le'), undefined, /is not in utf-16le: invalid byte/],
    [
      'a cut-off character of Shift JIS',
      Buffer.from([0x93, 0xfa, 0x0a, 0x93]),
      'shift_jis',
      /line 2: the text ends in the middle of a character of shift_jis/,
    ],
    [
      'NUL bytes',
      Buffer.from('ab\n', 'utf16le'),
      undefined,
      /has NUL bytes: these are binary data, or UTF-16 without a byte order mark/,
    ],
    [
      'another byte order mark',
      Buffer.from('\uFEFFab'),
      'latin1',
      /begins with the byte order mark of UTF-8, but the encoding that was given is/,
    ],
    ['another byte order', utf16be('\uFEFFab'), 'utf-16le', /begins with the byte order mark of UTF-16 BE/],
    [
      'UTF-8 where UTF-16 was given',
      Buffer.from('a,b\n1,2\n'),
      'utf-16le',
      /is not in the encoding utf-16le that was given, but in UTF-8/,
    ],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), undefined, /is in UTF-32/],
    [
      'a ZIP archive',
      Buffer.from('PK\x03\x04\x14\0'),
      undefined,
      /it is a ZIP archive, which an Excel workbook \(\.xlsx\) is, too; unpack it, or save the sheet as CSV/,
    ],
    ['Parquet', Buffer.from('PAR1\x15\x04'), undefined, /it is a Parquet file; read it with Dataset\.fromParquet/],
    ['Arrow', Buffer.from('ARROW1\0\0'), undefined, /it is an Arrow file; read it with Dataset\.fromArrow/],
    ['Zstandard', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]), undefined, /packed with Zstandard/],
    [
      'a tar archive in gzip',
      gzipSync(Buffer.concat([Buffer.alloc(257, 'a'), Buffer.from('ustar\0')])),
      undefined,
      /it is a tar archive/,
    ],
    [
      'gzip that is cut short',
      gzipSync('a\nb\n').subarray(0, 20),
      undefined,
      /the gzip data of .*data\.txt are cut short or damaged: unexpected end of file/,
    ],
  ])('is refused, with its name and the way out, where it has %s', async (_, bytes, encoding, message) => {
    const error = (await lines(bytes, encoding).catch((thrown: unknown) => thrown)) as Error;
    expect(error.message).toMatch(message);
    expect(error.message).toContain('data.txt');
  });

  it('is what its bytes are, whatever its name is', async () => {
    expect(await Dataset.fromTextLines(file('plain.txt.gz', 'a\nb')).toArray()).toEqual(['a', 'b']);
    const members = Buffer.concat([gzipSync('a,b\n1,'), gzipSync('2\n')]);
    expect(await Dataset.fromCsv(file('packed.csv', members)).toArray()).toEqual([{ a: 1, b: 2 }]);
    expect(await lines('PAR1,x\n')).toEqual(['PAR1,x']);
  });
});

describe('a decoder', () => {
  const inPieces = (bytes: Buffer, cuts: readonly number[], encoding: string): string | number => {
    const decoder = new Decoder(encoding, 0);
    const at = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
    let text = '';
    try {
      const pieces = at.flatMap((from, i) => [...decoder.pieces(bytes.subarray(from, at[i + 1]))]);
      for (const piece of [...pieces, ...decoder.end()]) {
        if (piece instanceof InvalidBytes) return piece.offset;
        text += piece;
      }
      return text;
    } catch (error) {
      return (error as InvalidBytes).offset;
    }
  };
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 12 }).map((array) => Buffer.from(array)),
    fc.string({ unit: 'binary', maxLength: 8 }).map((text) => Buffer.from(text)),
    fc.string({ unit: 'binary', maxLength: 8 }).map((text) => Buffer.from(text, 'utf16le')),
  );

  it.each(['utf-8', 'utf-16le', 'utf-16be'])('gives what the whole has, however it is cut: %s', (encoding) => {
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(20)), (all, cuts) => {
        const whole = inPieces(all, [], encoding);
        expect(inPieces(all, cuts, encoding)).toBe(whole);
        if (typeof whole === 'string')
          expect(whole).toBe(new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(all));
        else expect(() => new TextDecoder(encoding, { fatal: true }).decode(all)).toThrow();
      }),
      { numRuns: 2000 },
    );
  });
});
