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
/** Between two reports while nothing does: a process that is silent for much longer counts as gone. */
const STILL_HERE_MS = 5_000;
/** How long the program's end waits for a monitor that does not respond. */
const STOP_MS = 3_000;

const port = parentPort!;
const sessions = new Sessions();
const link = new RecorderLink(port, sessions);
const client = new MonitorClient(workerData as ReportData);
const post = (message: ToMain): void => port.postMessage(message);

const changedSamples = new Set<string>();
let reported = { version: 0, blockedSinceMs: null as number | null, ms: -Infinity };
let sending: Promise<void> | null = null;

sessions.onChange = (change: Change) => {
  if (change.kind === 'samples') for (const artifact of change.artifacts) changedSamples.add(artifact);
};

port.on('message', (message: ToWorker) => {
  if (message.kind === 'stop') void stop(message.isLast);
  else link.receive(message);
  if (message.kind === 'session') void begin();
});

let timer: NodeJS.Timeout | undefined;

async function begin(): Promise<void> {
  try {
    await report(false);
  } catch (error) {
    post({ kind: 'failed', message: (error as Error).message });
    port.close();
    return;
  }
  post({ kind: 'ready', url: (workerData as ReportData).url });
  link.follow(true);
  // While one is under way no other begins. What a monitor that is away misses it gets once it is back.
  timer = setInterval(() => {
    sending ??= reportNews()
      .catch(() => undefined)
      .finally(() => (sending = null));
  }, REPORT_MS);
}

async function reportNews(): Promise<void> {
  const { version, blockedSinceMs } = sessions.all()[0]!;
  const isKnown = version === reported.version && blockedSinceMs === reported.blockedSinceMs;
  if (!isKnown || changedSamples.size > 0 || performance.now() - reported.ms >= STILL_HERE_MS) await report(false);
}

async function report(ended: boolean): Promise<void> {
  const session = sessions.all()[0]!;
  const { version, blockedSinceMs, heardMs } = session;
  const agoMs = (sinceMs: number): number => Math.max(0, Math.round(Date.now() - sinceMs));
  const blockedMs = blockedSinceMs === null ? null : agoMs(blockedSinceMs);
  const isNew = await client.putSession(session.document, { ageMs: agoMs(heardMs), blockedMs, ended });
  if (isNew) for (const artifact of session.sampledArtifacts()) changedSamples.add(artifact);
  await reportSamples(session);
  reported = { version, blockedSinceMs, ms: performance.now() };
}

async function reportSamples(session: RecordedSession): Promise<void> {
  const { artifacts } = session.document;
  for (const artifact of [...changedSamples]) {
    // Whatever changes while they are on their way is sent again.
    changedSamples.delete(artifact);
    if (!artifacts.some(({ id }) => id === artifact)) continue;
    try {
      await client.putSamples(session.id, artifact, session.samples(artifact));
    } catch (error) {
      changedSamples.add(artifact);
      throw error;
    }
  }
}

async function stop(isLast: boolean): Promise<void> {
  clearInterval(timer);
  const last = Promise.resolve(sending)
    .then(() => (isLast ? report(true) : undefined))
    .catch(() => undefined);
  await Promise.race([last, new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())]);
  link.close();
  client.close();
  port.close();
}
