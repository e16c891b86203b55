import type { Process } from 'stemma';
import type { RecordedSession } from '../record/recorded-session';

/** The name of a session in labels, and what it recorded. */
interface Labels {
  [name: string]: string;
}

interface Family {
  name: string;
  type: 'counter' | 'gauge' | 'info' | 'summary';
  help: string;
  unit?: string;
}

type Value = number | null | undefined;

/**
 * All sessions as OpenMetrics text (https://prometheus.io/docs/specs/om/open_metrics_spec/). Counters are exact; self times are estimated
 * from the items that were timed, and so are gauges.
 */
export function openMetrics(sessions: readonly RecordedSession[], nowMs = Date.now()): string {
  const lines: string[] = [];
  const family = ({ name, type, help, unit }: Family, samples: readonly string[]): void => {
    if (samples.length === 0) return;
    lines.push(`# TYPE ${name} ${type}`, ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]));
    lines.push(`# HELP ${name} ${escape(help)}`, ...samples);
  };
  const processes = sessions.flatMap(({ id, document }) => document.processes.map((process) => ({ id, process })));
  const each = (name: string, value: (execution: Process['execution']) => Value): string[] =>
    processes.flatMap(({ id, process }) => sample(name, labelsOf(id, process), value(process.execution)));

  family(
    { name: 'stemma_session', type: 'info', help: 'The recording session: its versions and program.' },
    sessions.flatMap(({ id, document }) => {
      const { environment, session } = document;
      const labels = {
        session: id,
        stemma: environment.stemma,
        node: environment.node,
        notebook: session.notebook ?? '',
      };
      return sample('stemma_session_info', labels, 1);
    }),
  );
  family(
    {
      name: 'stemma_session_age_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'Seconds since the last update from the recorder.',
    },
    sessions.flatMap(({ id, heardMs }) =>
      sample('stemma_session_age_seconds', { session: id }, Math.max(0, nowMs - heardMs) / 1_000),
    ),
  );
  family(
    { name: 'stemma_runs', type: 'gauge', help: 'Number of runs by state.' },
    sessions.flatMap(({ id, document }) => {
      const counts = new Map<string, number>();
      for (const { state } of document.runs) counts.set(state, (counts.get(state) ?? 0) + 1);
      return [...counts].flatMap(([state, count]) => sample('stemma_runs', { session: id, state }, count));
    }),
  );
  for (const { name, help, value } of COUNTERS)
    family({ name: `stemma_process_${name}`, type: 'counter', help }, each(`stemma_process_${name}_total`, value));
  for (const { name, help, unit, value } of GAUGES)
    family({ name: `stemma_process_${name}`, type: 'gauge', help, unit }, each(`stemma_process_${name}`, value));
  const item = 'stemma_process_item_seconds';
  family(
    { name: item, type: 'summary', unit: 'seconds', help: 'Self time per item, over the timed items.' },
    processes.flatMap(({ id, process }) =>
      QUANTILES.flatMap(([quantile, of]) =>
        sample(item, { ...labelsOf(id, process), quantile }, seconds(process.execution.selfTime?.[of])),
      ),
    ),
  );
  return `${lines.join('\n')}\n# EOF\n`;
}

const COUNTERS: { name: string; help: string; value: (execution: Process['execution']) => Value }[] = [
  { name: 'items_in', help: 'Items received, over all runs.', value: ({ itemsIn }) => itemsIn },
  { name: 'items_out', help: 'Items emitted, over all runs.', value: ({ itemsOut }) => itemsOut },
  { name: 'items_skipped', help: 'Items skipped because they failed.', value: ({ skipped }) => skipped },
  { name: 'items_failed', help: 'Items that failed.', value: ({ failed }) => failed },
  { name: 'runs', help: 'Runs that the step took part in.', value: ({ runs }) => runs },
];

const GAUGES: { name: string; help: string; unit?: string; value: (execution: Process['execution']) => Value }[] = [
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

const seconds = (ms: Value): Value => (ms === null || ms === undefined ? null : ms / 1_000);

const labelsOf = (session: string, { id, kind, label }: Process): Labels => ({ session, process: id, kind, label });

function sample(name: string, labels: Labels, value: Value): string[] {
  if (value === null || value === undefined) return [];
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escape(text)}"`);
  return [`${name}{${pairs.join(',')}} ${value}`];
}

const escape = (text: string): string => text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
