import { describe, expect, it, vi } from 'vitest';
import { type CsvOptions, Dataset } from 'stemma';
import { dataFiles } from '../../../support/data-file';
import { nodeOf } from '../../../support/node-of';

const file = dataFiles();
const source = (content: string, options?: CsvOptions): Dataset<unknown> =>
  Dataset.fromCsv<unknown>(file('data.csv', content), options);
const csv = (content: string, options?: CsvOptions): Promise<unknown[]> => source(content, options).toArray();

describe('the names of columns', () => {
  it.each([
    ['an empty one', ',a\n0,x\n', [{ '': 0, a: 'x' }]],
    ['an empty one at the end', 'a,b,\n1,2,\n', [{ a: 1, b: 2, '': null }]],
    ['numbers', 'id,1,1.0,2019,007\n7,a,b,c,d\n', [{ id: 7, '1': 'a', '1.0': 'b', '2019': 'c', '007': 'd' }]],
    ['true, null, spaces', 'true,null, b \n1,2,3\n', [{ true: 1, null: 2, ' b ': 3 }]],
    ['quoted, with a comma and a line end', '"a, b","c\nd"\n1,2\n', [{ 'a, b': 1, 'c\nd': 2 }]],
    ['behind a byte order mark', '\uFEFFa,b\n1,2\n', [{ a: 1, b: 2 }]],
    ['quoted behind a byte order mark', '\uFEFF"a",b\n1,2\n', [{ a: 1, b: 2 }]],
    ['null values', 'NA,b\n1,NA\n', [{ NA: 1, b: null }]],
  ])('are texts: %s', async (_, content, rows) => {
    expect(await csv(content, { nullValues: 'NA' })).toEqual(rows);
  });

  it('are those of the object prototype, too, in rows, batches, statistics and samples', async () => {
    const names = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty'];
    const ds = source(`${names.join(',')}\n1,2,3,4,5\n6,7,8,9,10\n`);
    for (const row of (await ds.toArray()) as object[]) {
      expect(Object.keys(row)).toEqual(names);
      expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
    }
    const [batch] = (await ds.batch(2).toArray()) as object[];
    expect(Object.entries(batch!)).toEqual(names.map((name, i) => [name, [i + 1, i + 6]]));
    expect(Object.getPrototypeOf(batch)).toBe(Object.prototype);
    expect(((await ds.batch(2).unbatch().toArray()) as object[]).map(Object.keys)).toEqual([names, names]);
    expect(Object.keys((await ds.statistics()).fields)).toEqual(names);
    expect(
      Object.entries((await source('__proto__,toString\n1,x\n', { columns: ['__proto__'] }).toArray())[0] as object),
    ).toEqual([['__proto__', 1]]);
    const types = Object.fromEntries([['__proto__', 'text']]) as CsvOptions['types'];
    expect(Object.entries((await csv('__proto__,a\n1,2\n', { types }))[0] as object)).toEqual([
      ['__proto__', '1'],
      ['a', 2],
    ]);
  });

  it('are there once, or get numbers on request', async () => {
    await expect(csv('id,score,id\n1,2,3\n')).rejects.toThrow(
      /data\.csv line 1: duplicate column name "id": columns 1 and 3 have the name "id"; pass duplicateColumns: 'rename'/,
    );
    await expect(csv(',a,\n1,2,3\n')).rejects.toThrow('columns 1 and 3 have no name');
    expect(await csv('id,id,id.1,id\n1,2,3,4\n', { duplicateColumns: 'rename' })).toEqual([
      { id: 1, 'id.2': 2, 'id.1': 3, 'id.3': 4 },
    ]);
    expect(() => source('', { header: ['a', 'b', 'a'] })).toThrow('duplicate name "a" in header');
    expect(() => source('', { columns: ['a', 'a'] })).toThrow('duplicate name "a" in columns');
  });

  it('are given for a file that has none, or made', async () => {
    const content = '1,x\n2,y\n';
    const named = [
      { n: 1, t: 'x' },
      { n: 2, t: 'y' },
    ];
    expect(await csv(content, { header: ['n', 't'] })).toEqual(named);
    expect(await csv(content, { header: false, columns: ['n', 't'] })).toEqual(named);
    expect(await csv(content, { header: ['n', 't'], columns: ['t'] })).toEqual([{ t: 'x' }, { t: 'y' }]);
    expect(await csv(content, { header: false })).toEqual([
      { column_1: 1, column_2: 'x' },
      { column_1: 2, column_2: 'y' },
    ]);
    await expect(csv(content, { header: ['n'] })).rejects.toThrow('line 1 has 2 fields, but expected 1');
  });

  it('that are asked for and not there are errors that name close ones', async () => {
    await expect(csv('age,b\n1,2\n', { columns: ['Age'] })).rejects.toThrow(
      /data\.csv line 1: there is no column "Age" \(there are age, b\), as named in columns; did you mean "age"\?/,
    );
    await expect(csv('age,b\n1,2\n', { types: { agee: 'text' } })).rejects.toThrow(
      'there is no column "agee" (there are age, b), as named in types; did you mean "age"?',
    );
    await expect(csv('age,b\n1,2\n', { types: { age: 'text' }, columns: ['b'] })).rejects.toThrow(
      'there is no column "age" (there are b), as named in types',
    );
    expect(() => source('', { header: ['a'], types: { b: 'text' } })).toThrow('there is no column "b"');
  });
});

describe('rows', () => {
  const right = [
    { a: 1, b: 2 },
    { a: 3, b: 4 },
  ];

  it.each([
    ['LF', 'a,b\n1,2\n3,4\n'],
    ['CRLF', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['CR', 'a,b\r1,2\r3,4\r'],
    ['LF, CRLF and CR', 'a,b\n1,2\r\n3,4\r'],
    ['CRLF, then LF, without a last one', 'a,b\r\n1,2\n3,4'],
    ['empty lines between', '\n\r\na,b\n\n1,2\n   \n3,4\n\n\n'],
  ])('end with %s', async (_, content) => {
    expect(await csv(content)).toEqual(right);
  });

  it('keep the line ends within quotes', async () => {
    expect(await csv('a\n"1\r\n2"\n"3\r4"\n"5\n6"')).toEqual([{ a: '1\r\n2' }, { a: '3\r4' }, { a: '5\n6' }]);
  });

  it('are none of a header alone, and an empty file is an error', async () => {
    expect(await csv('a,b')).toEqual([]);
    expect(await csv('a,b\r\n')).toEqual([]);
    await expect(csv('')).rejects.toThrow('data.csv is empty: expected a line with the names of the columns');
    await expect(csv('\n\n')).rejects.toThrow('is empty');
    expect(await csv('', { header: ['a'] })).toEqual([]);
  });

  it.each([
    ['time;temp;hum\n1;20,5;3\n', {}, `delimiter: ";", decimal: ','`],
    ['time\ttemp\n1\t2,000\n', {}, `delimiter: "\\t", decimal: ','`],
    ['a,b\n1,2\n3,4\n', { delimiter: ';' }, 'delimiter: ","'],
    ['1|2|3\n', { header: ['a', 'b', 'c'] }, 'delimiter: "|"'],
  ])('that have another delimiter, %j: the options are named', async (content, options, expected) => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const said = await csv(content, options).then(
      () => warned.mock.calls.join(),
      (error: Error) => error.message,
    );
    warned.mockRestore();
    expect(said).toContain(`pass ${expected}`);
    expect(said).not.toContain('relaxColumnCount');
  });

  it('of one column of texts are read with a warning where each has another delimiter, once', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const ds = source('time;temp\n1;2\n3;4\n');
    for (let run = 0; run < 2; run++)
      expect(await ds.toArray()).toEqual([{ 'time;temp': '1;2' }, { 'time;temp': '3;4' }]);
    for (const plain of ['text\none; two\n', 'a;b\nc\n', 'n\n1\n', 'a,b\n1;2,3;4\n']) await csv(plain);
    const text = 'line 2: the only column is time;temp; expected several? pass delimiter: ";"';
    expect(nodeOf(ds).record!.warnings).toEqual([expect.stringContaining(text)]);
    expect(warned.mock.calls).toEqual([[expect.stringContaining(text)]]);
    warned.mockRestore();
  });

  it('have as many fields as there are columns, unless that is relaxed', async () => {
    await expect(csv('a,b\n1,2\n"x\ny",3\n4\n')).rejects.toThrow(
      'line 5 has 1 field, but expected 2, as there are columns (a, b); pass relaxColumnCount: true',
    );
    await expect(csv('a,b\n1,2,\n')).rejects.toThrow('line 2 has 3 fields, but expected 2');
    expect(await csv('a,b\n1\n1,2,3\n', { relaxColumnCount: true })).toEqual([
      { a: 1, b: null },
      { a: 1, b: 2 },
    ]);
    expect(await csv('a\n1\n\n""\n', { skipBlankLines: false })).toEqual([{ a: 1 }, { a: null }, { a: null }]);
  });

  it('come before an error in the same piece of the file', async () => {
    const seen: unknown[] = [];
    await expect(source('a,b\n1,2\n3,4\n5\n').forEach((row) => seen.push(row))).rejects.toThrow('line 4');
    expect(seen).toEqual(right);
  });
});

describe('fields', () => {
  it.each([
    ['quotes in plain fields', 'name,size\nPipe 5" long,3\nsaid "hi",4\n', {}, ['Pipe 5" long', 'said "hi"']],
    ['doubled quotes', 'name\n"a ""b"" c"\n""""\n', {}, ['a "b" c', '"']],
    ['other quotes', "name,x\n'a,''b',1\n\"c\",2\n", { quote: "'" }, ["a,'b", '"c"']],
    ['no quotes', 'name,x\n"a,1\nb",2\n', { quote: false }, ['"a', 'b"']],
    ['escapes', 'name,x\n"a\\"b\\\\c\\d",1\ne\\,f,2\n', { escape: '\\' }, ['a"b\\c\\d', 'e,f']],
    ['text behind quotes', 'name,x\n"a"b,1\n"c" d,2\n', { relaxQuotes: true }, ['ab', 'c d']],
    ['spaces', ' name , x\n a b , 1\n " c " ,2\n', { trim: true }, ['a b', ' c ']],
    ['spaces, untouched', 'name,x\n a b ,1\n', {}, [' a b ']],
    ['long delimiters', 'name||x\na|b||1\n"c||d"||2\n', { delimiter: '||' }, ['a|b', 'c||d']],
    ['semicolons', 'name;x\na,b;1\n', { delimiter: ';' }, ['a,b']],
    ['comments', '# of a\nname,x\n#b,1\na,2\n # c,3\n', { comment: '#' }, ['a', ' # c']],
    ['lines to skip', 'Report "of"\n"2024\nname,x\na,1\n', { skipLines: 2 }, ['a']],
    ['null values', 'name,x\nNA,1\n-,2\n,3\na,4\n', { nullValues: ['NA', '-'] }, [null, null, null, 'a']],
  ] as [string, string, CsvOptions, (string | null)[]][])('may have %s', async (_, content, options, names) => {
    expect(((await csv(content, options)) as { name: string }[]).map(({ name }) => name)).toEqual(names);
  });

  it('are taken apart at tabs in files that are called so', async () => {
    const rows = [{ name: 'said "hi"', size: 3 }];
    for (const name of ['data.tsv', 'data.TAB'])
      expect(await Dataset.fromCsv(file(name, 'name\tsize\nsaid "hi"\t3\n')).toArray()).toEqual(rows);
  });

  it('are refused where quotes do not fit, with the line', async () => {
    await expect(csv('a,b\n"x\ny",1\n1,"x" y\n')).rejects.toThrow(
      /data\.csv line 4: expected the delimiter or the end of the line behind a quoted field, got " "; pass relaxQuotes/,
    );
    await expect(csv('a,b\n1,2\n3,"x\n5,6\n')).rejects.toThrow(
      'line 3: the quoted field that begins here is never closed; if quotes are ordinary characters',
    );
  });
});

describe('options', () => {
  it.each([
    [{ delimeter: ';' }, 'unknown option "delimeter" of fromCsv: did you mean delimiter?'],
    [';', 'invalid options of fromCsv: expected { delimiter: ";" }'],
    [{ delimiter: '' }, 'invalid delimiter of fromCsv: expected a character'],
    [{ delimiter: '"' }, 'invalid quote of fromCsv: expected another character than the delimiter'],
    [{ quote: '""' }, 'invalid quote of fromCsv: expected one character, or false'],
    [{ decimal: ',', thousands: ',' }, 'invalid thousands of fromCsv'],
    [{ types: ['number'] }, "expected 'infer', 'text', or a record of the types of columns, got a list"],
    [{ types: 'number' }, "expected 'infer', 'text', or a record"],
    [
      { types: { toString: 'int' } },
      'expected number, float, bigint, text, boolean, date, got "int"; did you mean number?',
    ],
    [{ types: { a: { type: 'date', format: 'DD.MM' } } }, 'invalid date format "DD.MM": expected directives'],
    [{ types: { a: { type: 'date', format: '%Q' } } }, 'got %Q'],
    [{ types: { a: { type: 'date', timeZone: 'Mars' } } }, 'invalid timeZone of the column "a"'],
    [{ columns: 'a' }, 'expected a list, got "a"'],
    [{ columns: [] }, 'expected a list of names of columns'],
    [{ skipLines: -1 }, 'invalid skipLines of fromCsv: expected a whole number of at least 0, got -1'],
    [{ encoding: 'klingon' }, 'invalid encoding of fromCsv: expected a label of TextDecoder'],
    [{ duplicateColumns: 'keep' }, "expected 'error' or 'rename'"],
  ])('%j are refused when they are given', (options, message) => {
    expect(() => source('a\n1\n', options as never)).toThrow(message);
  });
});
