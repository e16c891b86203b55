/** Formats other than text that are recognized by their first bytes, with what to do about them. */
const FORMATS: readonly { name: string; advice: string; is: (head: Buffer) => boolean }[] = [
  {
    name: 'a ZIP archive, which an Excel workbook (.xlsx) is, too',
    advice: 'unpack it, or save the sheet as CSV',
    is: startsWith('PK\x03\x04', 'PK\x05\x06'),
  },
  {
    name: 'a Parquet file',
    advice: 'read it with Dataset.fromParquet',
    // A text may begin with these four letters, but not with a control character behind them.
    is: (head) => startsWith('PAR1')(head) && head[4]! < 32 && !'\t\n\r'.includes(String.fromCharCode(head[4]!)),
  },
  { name: 'an Arrow file', advice: 'read it with Dataset.fromArrow', is: startsWith('ARROW1\0\0') },
  { name: 'an old Excel workbook (.xls)', advice: 'save the sheet as CSV', is: startsWith('\xD0\xCF\x11\xE0') },
  { name: 'packed with gzip twice', advice: 'unpack it once with: gunzip -c', is: startsWith('\x1F\x8B\x08') },
  { name: 'packed with Zstandard', advice: 'unpack it with: zstd -d', is: startsWith('\x28\xB5\x2F\xFD') },
  { name: 'packed with xz', advice: 'unpack it with: xz -d', is: startsWith('\xFD7zXZ\0') },
  {
    name: 'packed with bzip2',
    advice: 'unpack it with: bunzip2',
    is: (head) => /^BZh[1-9]1AY&SY/.test(head.toString('latin1', 0, 10)),
  },
  {
    name: 'a tar archive',
    advice: 'unpack it with: tar -xf',
    is: (head) => head.toString('latin1', 257, 262) === 'ustar',
  },
  { name: 'an SQLite database', advice: 'export the table as CSV', is: startsWith('SQLite format 3\0') },
];

/** @throws if the first bytes of `file`, unpacked where it is packed with gzip, show that it is not text. */
export function refuseKnownFormat(file: string, head: Buffer): void {
  const format = FORMATS.find(({ is }) => is(head));
  if (format !== undefined) throw new Error(`${file} is not text: it is ${format.name}; ${format.advice}`);
}

function startsWith(...beginnings: string[]): (head: Buffer) => boolean {
  return (head) => beginnings.some((text) => head.toString('latin1', 0, text.length) === text);
}
