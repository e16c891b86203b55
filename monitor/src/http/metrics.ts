import type { Process } from 'stemma';
import type { RecordedSession } from '../record/recorded-session';

/** The name of a session in labels, and what it recorded. */
interface Labels {
  [name: string]: string;
}

type Execution = Process['execution'];
type Value = number | null | undefined;
/** One line of a family: its labels, the value, and the name where it is not the family's. */
interface Sample {
  name?: string;
  labels: Labels;
  value: Value;
}

interface Family {
  name: string;
  type: 'counter' | 'gauge' | 'info' | 'summary';
  help: string;
  unit?: string;
  /** The lines of one session. */
  samples(session: RecordedSession, nowMs: number): Sample[];
}

/**
 * All sessions as OpenMetrics text (https://prometheus.io/docs/specs/om/open_metrics_spec/). Counters are exact; self
 * times are estimated from the items that were timed, and so are gauges.
 */
export function openMetrics(sessions: readonly RecordedSession[], nowMs = Date.now()): string {
  const lines = FAMILIES.flatMap((family) => {
    const samples = sessions.flatMap((session) => family.samples(session, nowMs));
    return linesOf(
      family,
      samples.flatMap((sample) => lineOf(family.name, sample)),
    );
  });
  return `${lines.map((line) => `${line}\n`).join('')}# EOF\n`;
}

/** Of one family together, as the format asks for; none where it has no samples. */
function linesOf({ name, type, help, unit }: Family, samples: readonly string[]): string[] {
  if (samples.length === 0) return [];
  const units = unit === undefined ? [] : [`# UNIT ${name} ${unit}`];
  return [`# TYPE ${name} ${type}`, ...units, `# HELP ${name} ${escape(help)}`, ...samples];
}

function lineOf(family: string, { name = family, labels, value }: Sample): string[] {
  if (value === null || value === undefined) return [];
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escape(text)}"`);
  return [`${name}{${pairs.join(',')}} ${value}`];
}

const escape = (text: string): string => text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');

const seconds = (ms: Value): Value => (ms === null || ms === undefined ? null : ms / 1_000);

/** A sample of each process. */
const ofEach =
  (value: (execution: Execution) => Value, name?: string): Family['samples'] =>
  (session) =>
    session.document.processes.map((process) => ({
      name,
      labels: labelsOf(session, process),
      value: value(process.execution),
    }));

const labelsOf = (session: RecordedSession, { id, kind, label }: Process): Labels => ({
  session: session.id,
  process: id,
  kind,
  label,
});

const COUNTERS: { name: string; help: string; value: (execution: Execution) => Value }[] = [
  { name: 'items_in', help: 'Items received, over all runs.', value: ({ itemsIn }) => itemsIn },
  { name: 'items_out', help: 'Items emitted, over all runs.', value: ({ itemsOut }) => itemsOut },
  { name: 'items_skipped', help: 'Items skipped because they failed.', value: ({ skipped }) => skipped },
  { name: 'items_failed', help: 'Items that failed.', value: ({ failed }) => failed },
  { name: 'runs', help: 'Runs that the step took part in.', value: ({ runs }) => runs },
];

const GAUGES: { name: string; help: string; unit?: string; value: (execution: Execution) => Value }[] = [
  {
    name: 'own_seconds',
    unit: 'seconds',
    help: 'Self time (estimated from sampled items).',
    value: ({ selfTime }) => seconds(selfTime?.totalMs),
  },
  {
    name: 'await_seconds',
    unit: 'seconds',
    help: 'Time for which calls awaited their results, each by itself (estimated from sampled items).',
    value: ({ awaitTime }) => seconds(awaitTime?.totalMs),
  },
  {
    name: 'wait_seconds',
    unit: 'seconds',
    help: 'Time spent waiting for input.',
    value: ({ waitMs }) => seconds(waitMs),
  },
  { name: 'buffered_items', help: 'Items currently buffered.', value: ({ bufferedItems }) => bufferedItems },
  { name: 'running', help: '1 while the step is running, else 0.', value: ({ state }) => Number(state === 'running') },
];

const QUANTILES = [
  ['0.5', 'p50Ms'],
  ['0.95', 'p95Ms'],
  ['0.99', 'p99Ms'],
] as const;

/** All families, in their order. */
const FAMILIES: readonly Family[] = [
  {
    name: 'stemma_session',
    type: 'info',
    help: 'The recording session: its versions and program.',
    samples: ({ id, document: { environment, session } }) => {
      const { stemma, node } = environment;
      const labels = { session: id, stemma, node, notebook: session.notebook ?? '' };
      return [{ name: 'stemma_session_info', labels, value: 1 }];
    },
  },
  {
    name: 'stemma_session_age_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Seconds since the last update from the recorder.',
    samples: ({ id, heardMs }, nowMs) => [{ labels: { session: id }, value: Math.max(0, nowMs - heardMs) / 1_000 }],
  },
  {
    name: 'stemma_runs',
    type: 'gauge',
    help: 'Number of runs by state.',
    samples: ({ id, document }) => {
      const counts = new Map<string, number>();
      for (const { state } of document.runs) counts.set(state, (counts.get(state) ?? 0) + 1);
      return [...counts].map(([state, value]) => ({ labels: { session: id, state }, value }));
    },
  },
  ...COUNTERS.map(({ name, help, value }): Family => {
    const family = `stemma_process_${name}`;
    return { name: family, type: 'counter', help, samples: ofEach(value, `${family}_total`) };
  }),
  ...GAUGES.map(({ name, help, unit, value }): Family => ({
    name: `stemma_process_${name}`,
    type: 'gauge',
    help,
    unit,
    samples: ofEach(value),
  })),
  {
    name: 'stemma_process_item_seconds',
    type: 'summary',
    unit: 'seconds',
    help: 'Self time per item, over the timed items.',
    samples: (session) =>
      session.document.processes.flatMap((process) =>
        QUANTILES.map(([quantile, of]) => ({
          labels: { ...labelsOf(session, process), quantile },
          value: seconds(process.execution.selfTime?.[of]),
        })),
      ),
  },
];
