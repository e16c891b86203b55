/**
 * `npm run bench -- panel [OPERATORS…] [--runs N] [--json FILE]`: the panel's views on large graphs, in a real browser.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureChromium } from '../../scripts/support/chromium.mjs';
import { startStand } from '../../tests/panel/stand';
import { describeMachine } from '../harness/machine';
import { median } from '../harness/statistics';
import type { Measure } from './in-page';

const SIZES = [100, 1000, 3000];

/** Medians over the runs, for each number of operators, a line for each action. */
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
  console.log(`Node ${machine.node}, ${machine.processor}, ${machine.cores} cores, load ${machine.load}`);
  console.log(
    `The panel at 420 × 900 pixels, milliseconds, medians of ${runs} runs; longest task: the page did not react\n`,
  );
  const report: { operators: number; measures: Measure[] }[] = [];
  try {
    for (const operators of sizes) {
      const all: Measure[][] = [];
      for (let i = 0; i < runs; i++) {
        const page = await stand.open({ width: 420, script: 'bench/panel/in-page.ts' });
        all.push(await page.evaluate((count) => window.measure(count), operators));
        await page.close();
      }
      const measures = (all[0] ?? []).map(({ action }, i) => {
        const of = (name: 'ms' | 'longestTaskMs'): number => median(all.map((one) => one[i]?.[name] ?? NaN));
        return { action, ms: of('ms'), longestTaskMs: of('longestTaskMs') };
      });
      report.push({ operators, measures });
      console.log(`${`${operators} operations`.padEnd(30)}${column('shown after')}${column('longest task')}`);
      for (const { action, ms, longestTaskMs } of measures) {
        console.log(
          `${action.padEnd(30)}${column(ms.toFixed(0))}${column(longestTaskMs > 0 ? longestTaskMs.toFixed(0) : '< 50')}`,
        );
      }
      console.log();
    }
  } finally {
    await stand.close();
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
}

const column = (text: string): string => text.padStart(15);
