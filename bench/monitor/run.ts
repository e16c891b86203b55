/**
 * `npm run bench -- monitor [--rounds N] [--seconds S] [--json FILE]`: what a monitor costs the digits pipeline, and
 * how quickly it responds while the pipeline's thread is busy.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { isMet, type Measurement } from '../harness/check';
import { describeMachine } from '../harness/machine';
import { root } from '../harness/paths';
import { printCheck } from '../harness/print';
import { median } from '../harness/statistics';
import { followers, type Load, requests, type Target } from './load';
import type { Measured } from './program';
import { Watched } from './watched';

const PER_SECOND = 100;
const FOLLOWERS = 50;
const BLOCKED_SECONDS = 5;
const PATHS = ['/document', '/health', '/processes', '/runs'];
const BUSY_PATHS = ['/health', '/document'];
const SAMPLES_PATH = '/document?samples=true';
const WANTED = { atMost: 100 };
const OPERATORS = 3_000;
/** By then, a monitor has received all that it gets at its start. */
const SETTLE_MS = 2_000;

interface Mode {
  name: string;
  /** The most by which it may slow the pipeline, in percent. */
  atMost?: number;
  monitored: boolean;
  load?: (target: Target) => Load | Promise<Load>;
}

const MODES: Mode[] = [
  { name: 'no monitor', monitored: false },
  { name: 'a monitor that nobody asks', monitored: true },
  {
    name: `${PER_SECOND} requests a second`,
    atMost: 3,
    monitored: true,
    load: (target) => requests(target, PER_SECOND, PATHS, () => undefined),
  },
  {
    name: `${FOLLOWERS} clients that follow`,
    atMost: 5,
    monitored: true,
    load: (target) => followers(target, FOLLOWERS),
  },
];

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '9' },
      seconds: { type: 'string', default: '10' },
      json: { type: 'string' },
    },
  });
  const rounds = Number(values.rounds);
  const seconds = Number(values.seconds);
  if (!Number.isInteger(rounds) || rounds < 1 || !(seconds > 0)) throw new Error('invalid --rounds or --seconds');
  compile();
  const machine = describeMachine();
  console.log(`Node ${machine.node}, ${machine.processor}, ${machine.cores} cores, load ${machine.load}\n`);
  const watched = await Watched.start();
  const cost = await measureCost(watched, rounds, seconds);
  const busy = await measureBusy(watched);
  const records = await measureRecords(watched);
  watched.close();
  const reports = [
    {
      name: 'cost',
      title: `The digits pipeline, watched: medians of ${rounds} rounds of ${seconds} s`,
      measurements: cost,
    },
    { name: 'busy', title: `Responses while a function keeps the thread for ${BLOCKED_SECONDS} s`, measurements: busy },
    { name: 'records', title: 'The same of several records, and with samples', measurements: records },
  ].map((report) => ({ ...report, measurements: report.measurements.map((one) => ({ ...one, met: isMet(one) })) }));
  for (const report of reports) console.log(printCheck(report));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine, reports }, null, 2)}\n`);
}

interface Rate {
  perSecond: number;
  /** Processor time an image: of all threads, and of the one that runs the pipeline. */
  cpuMs: number;
  threadMs: number;
}

/**
 * Each round runs all modes, beginning with another one; what counts is how a round's modes compare with each other.
 */
async function measureCost(watched: Watched, rounds: number, seconds: number): Promise<Measurement[]> {
  const rates = MODES.map((): Rate[] => []);
  for (let round = 0; round < rounds; round++)
    for (let turn = 0; turn < MODES.length; turn++) {
      const index = (round + turn) % MODES.length;
      rates[index]!.push(await rateOf(watched, MODES[index]!, seconds));
    }
  const [plain, ...others] = rates as [Rate[], ...Rate[][]];
  const compared = others.flatMap((rate, index): Measurement[] => {
    const { name, atMost } = MODES[index + 1]!;
    const more = (part: 'cpuMs' | 'threadMs'): number =>
      median(rate.map((one, round) => (one[part] / plain[round]![part] - 1) * 100));
    const slower = median(rate.map(({ perSecond }, round) => (plain[round]!.perSecond / perSecond - 1) * 100));
    return [
      { what: `slower with ${name}`, measured: slower, unit: '%', ...(atMost === undefined ? {} : { atMost }) },
      { what: '… processor time of the pipeline’s thread, more by', measured: more('threadMs'), unit: '%' },
      { what: '… processor time of all threads, more by', measured: more('cpuMs'), unit: '%' },
    ];
  });
  const spread = Math.max(...plain.map((one) => one.perSecond)) / Math.min(...plain.map((one) => one.perSecond));
  return [
    { what: MODES[0]!.name, measured: median(plain.map((one) => one.perSecond)), unit: 'images/s' },
    { what: 'its fastest round to its slowest: the noise', measured: spread, unit: '×' },
    ...compared,
  ];
}

async function rateOf(watched: Watched, { monitored, load }: Mode, seconds: number): Promise<Rate> {
  const target = monitored ? await watched.tell<Target>({ do: 'start' }) : null;
  const running = target === null ? undefined : await load?.(target);
  const { items, ms, cpuMs, threadMs } = await watched.tell<Measured>({ do: 'measure', seconds });
  running?.stop();
  if (monitored) await watched.tell({ do: 'stop' });
  return { perSecond: (items / ms) * 1_000, cpuMs: cpuMs / items, threadMs: threadMs / items };
}

async function measureBusy(watched: Watched): Promise<Measurement[]> {
  const target = await watched.tell<Target>({ do: 'start' });
  const rows = await askWhileBusy(watched, target, BUSY_PATHS);
  await watched.tell({ do: 'stop' });
  return rows;
}

/**
 * The digits alone and merged with those of two more processes that report; a large record, in a process of its own.
 */
async function measureRecords(watched: Watched): Promise<Measurement[]> {
  const small = await watched.tell<Target>({ do: 'start' });
  const digits = await askForRecord('digits', watched, small);
  const others = await Promise.all([Watched.start(), Watched.start()]);
  for (const other of others) await other.tell({ do: 'connect', ...small });
  const merged = await askForRecord('digits of three processes, merged', watched, small);
  for (const other of others) other.close();
  await watched.tell({ do: 'stop' });
  const large = await Watched.start();
  await large.tell({ do: 'build', operators: OPERATORS });
  const operators = await askForRecord(`${OPERATORS} operators`, large, await large.tell<Target>({ do: 'start' }));
  large.close();
  return [...digits, ...operators, ...merged];
}

/** Responses with samples are counted apart: others wait for them where they are large. */
async function askForRecord(name: string, watched: Watched, target: Target): Promise<Measurement[]> {
  await sleep(SETTLE_MS);
  const rows = await askWhileBusy(watched, target, BUSY_PATHS);
  rows.push(...(await askWhileBusy(watched, target, [SAMPLES_PATH])));
  return rows.map((row) => ({ ...row, what: `${name}: ${row.what}` }));
}

async function askWhileBusy(watched: Watched, target: Target, paths: readonly string[]): Promise<Measurement[]> {
  const latencies = Object.fromEntries(paths.map((path) => [path, [] as number[]]));
  const load = await requests(target, 20, paths, (path, ms) => latencies[path]!.push(ms));
  await watched.tell({ do: 'block', seconds: BLOCKED_SECONDS });
  load.stop();
  return Object.entries(latencies).flatMap(([path, all]): Measurement[] => [
    { what: `${path}, median of ${all.length}`, measured: median(all), unit: 'ms' },
    { what: `${path}, slowest`, measured: Math.max(...all), unit: 'ms', ...(path === SAMPLES_PATH ? {} : WANTED) },
  ]);
}

/** What is measured is what users run. */
function compile(): void {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-b', join(root, 'monitor')], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the monitor does not compile');
}
