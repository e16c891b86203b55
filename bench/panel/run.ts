/** `npm run bench -- panel [OPERATORS…] [--runs N] [--json FILE]`: the panel's views on large graphs, in a real browser. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureChromium } from '../../scripts/support/chromium.mjs';
import { startStand } from '../../tests/panel/stand';
import { describeMachine } from '../harness/machine';
import { median } from '../harness/statistics';
import type { Measures } from './in-page';

const SIZES = [100, 1000, 3000];

/** Medians over the runs, for each number of operators. */
export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { runs: { type: 'string', default: '3' }, json: { type: 'string' } },
  });
  const sizes = positionals.length > 0 ? positionals.map(Number) : SIZES;
  const runs = Number(values.runs);
  if (![...sizes, runs].every((number) => Number.isInteger(number) && number > 0)) {
    throw new Error('numbers of operators, and --runs, are whole numbers from 1');
  }
  process.env.STEMMA_CHROMIUM = await ensureChromium();
  const stand = await startStand();
  const machine = describeMachine();
  console.log(`Node ${machine.node}, ${machine.processor}, ${machine.cores} cores, load ${machine.load}\n`);
  const report: (Measures & { operators: number })[] = [];
  console.log(`The panel at 420 × 900 pixels, milliseconds, medians of ${runs} runs`);
  console.log(
    ['operators', 'first paint', 'update of 50', 'new operation', 'tidy', 'wide', 'unfold', 'longest task', 'in']
      .map(column)
      .join(''),
  );
  for (const operators of sizes) {
    const all: Measures[] = [];
    for (let i = 0; i < runs; i++) {
      const page = await stand.open({ width: 420, script: 'bench/panel/in-page.ts' });
      all.push(await page.evaluate((count) => window.measure(count), operators));
      await page.close();
    }
    const longestIn = [...new Set(all.map((one) => one.longestIn))].join(', ');
    const of = (name: Exclude<keyof Measures, 'longestIn'>): number => median(all.map((one) => one[name]));
    const [firstPaintMs, updateMs] = [of('firstPaintMs'), of('updateMs')];
    const [growMs, tidyMs, longestTaskMs] = [of('growMs'), of('tidyMs'), of('longestTaskMs')];
    const [wideMs, unfoldMs] = [of('wideMs'), of('unfoldMs')];
    report.push({ operators, firstPaintMs, updateMs, growMs, tidyMs, wideMs, unfoldMs, longestTaskMs, longestIn });
    console.log(
      [operators, firstPaintMs, updateMs, growMs, tidyMs, wideMs, unfoldMs, longestTaskMs].map(column).join('') +
        `   ${longestIn}`,
    );
  }
  await stand.close();
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
}

const column = (value: number | string): string => (typeof value === 'number' ? value.toFixed(0) : value).padStart(15);
