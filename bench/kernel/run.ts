/**
 * `npm run bench -- kernel [--rounds N] [--json FILE]`: what the kernel costs beside stock tslab, and how it responds
 * while a cell keeps the main thread. Measured by measure.py through a real Jupyter client.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { inVenv } from '../../scripts/support/paths.mjs';
import { isMet, type Measurement } from '../harness/check';
import { describeMachine } from '../harness/machine';
import { printCheck } from '../harness/print';
import { median } from '../harness/statistics';

/** Milliseconds, one for each try. */
interface Row {
  group: string;
  what: string;
  values: number[];
}

/** At most this many times as long as stock tslab. */
const MOST_OF_STOCK = 1.1;
const ANSWER_MS = 50;
const SNAPSHOT_MS = 500;
const INTERRUPT_MS = 1_000;
/** One call into native code ends when it ends. */
const UNSTOPPABLE = 'synchronous parse';

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { rounds: { type: 'string', default: '9' }, json: { type: 'string' } },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`invalid --rounds: ${values.rounds}`);
  const machine = describeMachine();
  console.log(`Node ${machine.node}, ${machine.processor}, ${machine.cores} cores, load ${machine.load}\n`);
  const rows = await measure(rounds);
  const of = (group: string): Row[] => rows.filter((row) => row.group === group);
  const blockers = [...new Set(rows.map(({ group }) => group))].filter(
    (group) => !['start', 'latency', 'new text'].includes(group),
  );
  const reports = [
    {
      title: `From the start of the process to the first result, medians of ${rounds}`,
      measurements: beside(of('start')),
    },
    { title: 'From the request of `1 + 1` to its end, medians', measurements: beside(of('latency')) },
    { title: 'The same of `1 + n`, another n each time, medians', measurements: beside(of('new text')) },
    ...blockers.map((group) => ({ title: `While a cell is in: ${group}`, measurements: of(group).flatMap(busy) })),
  ].map((report) => ({
    ...report,
    name: report.title,
    measurements: report.measurements.map((one) => ({ ...one, met: isMet(one) })),
  }));
  for (const report of reports) console.log(printCheck(report));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine, reports }, null, 2)}\n`);
}

async function measure(rounds: number): Promise<Row[]> {
  const child = spawn(inVenv('python'), [join(import.meta.dirname, 'measure.py'), String(rounds)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('exit', resolve));
  const rows: Row[] = [];
  for await (const line of createInterface(child.stdout)) rows.push(JSON.parse(line) as Row);
  if ((await ended) !== 0) throw new Error('measure.py failed');
  return rows;
}

function beside(rows: Row[]): Measurement[] {
  const [stock, ours] = rows.map(({ values }) => median(values));
  return [
    ...rows.map(({ what, values }) => ({ what, measured: median(values), unit: 'ms' })),
    { what: 'stemma ÷ stock tslab', measured: ours! / stock!, unit: '×', atMost: MOST_OF_STOCK },
  ];
}

function busy({ group, what, values }: Row): Measurement[] {
  const sorted = [...values].sort((a, b) => a - b);
  const p95 = sorted[Math.min(sorted.length - 1, Math.floor(0.95 * sorted.length))]!;
  if (values.length === 1)
    return [{ what, measured: p95, unit: 'ms', ...(group === UNSTOPPABLE ? {} : { atMost: INTERRUPT_MS }) }];
  return [
    { what: `${what}, median`, measured: median(values), unit: 'ms' },
    { what: `${what}, p95`, measured: p95, unit: 'ms', atMost: what.includes('snapshot') ? SNAPSHOT_MS : ANSWER_MS },
  ];
}
