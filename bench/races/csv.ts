import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CsvOptions } from 'stemma';
import type { Race, Variant } from '../harness/race';
import { stateFolder } from '../harness/paths';

const ROWS = 10_000;

/**
 * A table like that of the bird strikes of vega-datasets: five columns of numbers, nine of texts, some quoted, some
 * empty.
 */
function strikes(): string {
  const file = join(stateFolder, `strikes-${ROWS}.csv`);
  if (existsSync(file)) return file;
  const header = 'id,date,city,state,airport,species,size,effect,phase,time,cost,speed,height,people';
  const rows = Array.from({ length: ROWS }, (_, i) =>
    [
      i,
      `${(i % 12) + 1}/${(i % 28) + 1}/1990 0:00`,
      `City ${i % 97}`,
      'Texas',
      'DALLAS/FORT WORTH INTL ARPT',
      `Unknown bird - ${['small', 'medium', 'large'][i % 3]!}`,
      'Small',
      i % 10 === 0 ? '"Engine shut down, other"' : 'None',
      i % 5 === 0 ? '' : 'Climb',
      'Day',
      i * 30,
      i % 4 === 0 ? '' : (i * 1.37).toFixed(2),
      i % 5000,
      i % 3,
    ].join(','),
  );
  mkdirSync(stateFolder, { recursive: true });
  writeFileSync(file, `${[header, ...rows].join('\n')}\n`);
  return file;
}

const TYPES = {
  ...Object.fromEntries(['id', 'cost', 'speed', 'height', 'people'].map((name) => [name, 'number' as const])),
  ...Object.fromEntries(
    ['date', 'city', 'state', 'airport', 'species', 'size', 'effect', 'phase', 'time'].map((name) => [
      name,
      'text' as const,
    ]),
  ),
};

const variant = (name: string, options: CsvOptions): Variant => ({
  name,
  items: ROWS,
  prepare: async () => {
    const { Dataset } = await import('stemma');
    const file = strikes();
    return () => Dataset.fromCsv(file, options).count();
  },
});

const TEXT = "types: 'text'";
const INFERRED = 'types inferred';
const GIVEN = 'types given';

export const csv: Race = {
  name: 'csv',
  title: `fromCsv, ${ROWS} rows of 14 fields`,
  unit: 'ns/item',
  baseline: TEXT,
  variants: [variant(TEXT, { types: 'text' }), variant(INFERRED, {}), variant(GIVEN, { types: TYPES })],
  targets: [
    { text: 'inferred types take at most twice the time', of: INFERRED, against: TEXT, atMost: 2 },
    { text: 'given types take at most twice the time', of: GIVEN, against: TEXT, atMost: 2 },
  ],
};
