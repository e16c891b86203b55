/** The worker thread that reports to a monitor elsewhere: started by `monitor.connect`. */
import { parentPort, workerData } from 'node:worker_threads';
import type { RecordedSession } from '../record/recorded-session';
import { type Change, Sessions } from '../record/sessions';
import type { ToMain, ToWorker } from '../threads/messages';
import { MonitorClient } from './monitor-client';
import { RecorderLink } from './recorder-link';
import type { ReportData } from './report-data';

/** Between two reports while something changes. */
const REPORT_MS = 500;
/** A process that is silent for longer counts as gone. */
const STILL_HERE_MS = 5_000;

const port = parentPort!;
const sessions = new Sessions();
const link = new RecorderLink(port, sessions);
const client = new MonitorClient(workerData as ReportData);
const post = (message: ToMain): void => port.postMessage(message);

const changedSamples = new Set<string>();
let reported = { version: 0, ms: -Infinity };
let sending: Promise<void> = Promise.resolve();

sessions.onChange = (change: Change) => {
  if (change.kind === 'samples') for (const artifact of change.artifacts) changedSamples.add(artifact);
};

port.on('message', (message: ToWorker) => {
  if (message.kind === 'stop') void stop();
  else link.receive(message);
  if (message.kind === 'session') void begin();
});

let timer: NodeJS.Timeout | undefined;

async function begin(): Promise<void> {
  try {
    await report();
  } catch (error) {
    post({ kind: 'failed', message: (error as Error).message });
    port.close();
    return;
  }
  post({ kind: 'ready', url: (workerData as ReportData).url });
  link.follow(1);
  timer = setInterval(() => {
    // A monitor that is away for a while gets everything once it is back.
    sending = sending.then(report).catch(() => (reported = { version: 0, ms: -Infinity }) && undefined);
  }, REPORT_MS);
}

async function report(): Promise<void> {
  const session = sessions.all()[0]!;
  if (session.version === reported.version && performance.now() - reported.ms < STILL_HERE_MS) return;
  const { version } = session;
  await client.putSession(session.document);
  await reportSamples(session);
  reported = { version, ms: performance.now() };
}

async function reportSamples(session: RecordedSession): Promise<void> {
  for (const artifact of [...changedSamples]) {
    changedSamples.delete(artifact);
    if (session.document.artifacts.some(({ id }) => id === artifact))
      await client.putSamples(session.id, artifact, session.samples(artifact));
  }
}

async function stop(): Promise<void> {
  clearInterval(timer);
  await sending;
  await report().catch(() => undefined);
  link.close();
  client.close();
  port.close();
}
