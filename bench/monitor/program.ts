/**
 * The process that is watched. Obeys each line of JSON on its standard input and prints a line of JSON; see `Command`.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Dataset } from 'stemma';
import { monitor, type RunningMonitor } from 'stemma-monitor';
import { digitsPipeline } from './digits';

export type Command =
  /** Starts a monitor; the result is `{url, token}`. */
  | { do: 'start' }
  | { do: 'stop' }
  /** Reports to a monitor elsewhere. */
  | { do: 'connect'; url: string; token: string }
  /** Runs pipelines with this many operators in total, so that they are in the record. */
  | { do: 'build'; operators: number }
  /** Runs the pipeline again and again for this long; the result is what was measured. */
  | { do: 'measure'; seconds: number }
  /** One synchronous function that keeps the thread for this long. */
  | { do: 'block'; seconds: number };

export interface Measured {
  items: number;
  ms: number;
  /** Of all threads. */
  cpuMs: number;
  /** Of the thread that runs the pipeline. */
  threadMs: number;
}

const CHAIN = 100;

const runEpoch = await digitsPipeline();
await runEpoch();
let running: RunningMonitor | null = null;

async function obey(command: Command): Promise<object> {
  switch (command.do) {
    case 'start':
      running = await monitor.start();
      return { url: running.url, token: running.token };
    case 'stop':
      await running?.stop();
      return {};
    case 'connect':
      await monitor.connect(command.url, command.token);
      return {};
    case 'build':
      for (let left = command.operators; left > 0; left -= CHAIN) await runChain(Math.min(left, CHAIN));
      return {};
    case 'measure':
      return measure(command.seconds);
    case 'block': {
      const end = performance.now() + command.seconds * 1_000;
      while (performance.now() < end);
      return {};
    }
  }
}

/** Source, maps and sink of a pipeline over records. */
async function runChain(operators: number): Promise<void> {
  let rows = Dataset.range(100).map((id) => ({ id, name: `row ${id}`, value: id / 7 }));
  for (let k = 3; k < operators; k++) rows = rows.map((row) => ({ ...row, value: row.value + k }));
  await rows.count();
}

async function measure(seconds: number): Promise<Measured> {
  const before = process.cpuUsage();
  const threadBefore = threadMs();
  const start = performance.now();
  let items = 0;
  do items += await runEpoch();
  while (performance.now() - start < seconds * 1_000);
  const { user, system } = process.cpuUsage(before);
  return {
    items,
    ms: performance.now() - start,
    cpuMs: (user + system) / 1e3,
    threadMs: threadMs() - threadBefore,
  };
}

/** Processor time of the main thread so far, as Linux counts it. */
function threadMs(): number {
  return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
}

const say = (answer: object): boolean => process.stdout.write(`${JSON.stringify(answer)}\n`);
say({ ready: true });
for await (const line of createInterface(process.stdin)) say(await obey(JSON.parse(line) as Command));
process.exit();
