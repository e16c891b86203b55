import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { checkOptions as checkKnown, inWords } from 'stemma/arguments';
import { isOwnFrame, leaveOut } from 'stemma/host';
import { currentSession } from 'stemma/recorder';
import { Kept, type Opened } from './main/kept';
import { WorkerThread } from './main/worker-thread';
import { checkOptions, isLoopback, type MonitorOptions } from './options';
import type { ReportData } from './worker/report-data';
import type { ServeData } from './worker/serve-data';

/** A monitor that listens. */
export interface RunningMonitor {
  /** E.g. `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly token: string;
  /** Opens the page in a browser: sets the cookie. */
  readonly link: string;
  /** Settles when it has ended. */
  readonly closed: Promise<void>;
  /** Lets requests under way end and frees the port. */
  stop(): Promise<void>;
}

/** The reporting of this process to a monitor elsewhere. */
export interface Connection {
  readonly url: string;
  readonly closed: Promise<void>;
  /** Sends what is new, then ends. */
  stop(): Promise<void>;
}

export interface ConnectOptions {
  /** Certificate (PEM) of the authority to trust, where the monitor's is its own. */
  ca?: string;
  /** Whether the process stays alive to report. Not by default: it ends once it has reported what it did. */
  keepAlive?: boolean;
}

leaveOut(join(__dirname, '..'));

const kept = new Kept<RunningMonitor>();
/** By the origin of the monitor that is reported to. */
const connections = new Map<string, Kept<Connection>>();

/**
 * The provenance of this process over REST, as metrics and as a web page, while pipelines run.
 *
 * @example
 * const { link } = await monitor.start({ port: 4040 });
 * console.log(`watch it at ${link}`);
 */
export const monitor = {
  /**
   * Starts it. A second call with the same options (as in a cell that runs again) returns the running monitor; with
   * other options, that one is stopped first.
   *
   * @throws Error with the reason for which it cannot listen, or will not.
   */
  async start(options: MonitorOptions = {}): Promise<RunningMonitor> {
    const wanted = JSON.stringify(checkOptions(options));
    return fromHere(monitor.start, () => kept.get(wanted, () => open(options)));
  },

  /**
   * Reports what this process records to a monitor elsewhere, where it is listed beside others and merged with them. A
   * second call for the same monitor returns the same connection; with another token or other options a new one takes
   * its place as soon as it works, and where it does not the first one stays.
   *
   * @throws Error where there is no monitor, or the token is wrong.
   * @example
   * await monitor.connect('http://127.0.0.1:4040', process.env.MONITOR_TOKEN);
   */
  async connect(url: string, token: string, options: ConnectOptions = {}): Promise<Connection> {
    checkKnown(options, 'monitor.connect', { ca: 'text', keepAlive: 'boolean' });
    const { ca, keepAlive = false } = options;
    if (typeof token !== 'string' || token === '')
      throw new TypeError(`invalid token of monitor.connect: expected that of the monitor, got ${inWords(token)}`);
    const workerData: ReportData = { url: checkUrl(url), token, ca: ca ?? null };
    let connection = connections.get(workerData.url);
    if (connection === undefined) connections.set(workerData.url, (connection = new Kept()));
    const wanted = JSON.stringify({ ...workerData, keepAlive });
    return fromHere(monitor.connect, () => connection.get(wanted, () => report(workerData, keepAlive)));
  },
};

/** A failure in another thread is reported with the stack of the call that caused it. */
async function fromHere<T>(asked: (...values: never[]) => unknown, work: () => Promise<T>): Promise<T> {
  const calls: { stack?: string } = {};
  Error.captureStackTrace(calls, asked);
  try {
    return await work();
  } catch (error) {
    // One of its own: several may wait for the same monitor.
    const told = new Error((error as Error).message);
    told.stack = [`Error: ${told.message}`, ...(calls.stack ?? '').split('\n').filter(isOwnFrame)].join('\n');
    throw told;
  }
}

async function report(workerData: ReportData, keepAlive: boolean): Promise<Opened<Connection>> {
  const session = currentSession();
  const { thread } = await WorkerThread.open({ script: script('report.js'), workerData, session, keepAlive });
  const stop = closesWithProgram(thread);
  return { url: workerData.url, closed: thread.closed, stop, handOver: () => thread.close({ isLast: false }) };
}

async function open(options: MonitorOptions): Promise<RunningMonitor> {
  const { keepAlive, ...checked } = checkOptions(options);
  const token = checked.token ?? randomBytes(32).toString('base64url');
  const session = currentSession();
  const workerData: ServeData = { ...checked, token, session: session.id };
  const { thread, url } = await WorkerThread.open({ script: script('serve.js'), workerData, session, keepAlive });
  return {
    url,
    token,
    link: `${url}/?token=${encodeURIComponent(token)}`,
    closed: thread.closed,
    stop: closesWithProgram(thread),
  };
}

/**
 * At its end, the program still reports to followers how it ended. Returns a function that closes the thread earlier.
 */
function closesWithProgram(thread: WorkerThread): () => Promise<void> {
  const stop = (): Promise<void> => thread.close();
  const last = (): void => void stop();
  process.once('beforeExit', last);
  void thread.closed.then(() => process.off('beforeExit', last));
  return stop;
}

const script = (name: string): string => join(__dirname, 'worker', name);

function checkUrl(url: string): string {
  const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol))
    throw new TypeError(
      `invalid url of monitor.connect: expected one such as http://127.0.0.1:4040, got ${inWords(url)}`,
    );
  if (parsed.protocol === 'http:' && !isLoopback(parsed.hostname.replace(/^\[|\]$/g, '')))
    throw new Error(
      `refusing to report to ${parsed.origin}: without TLS the token could be read on its way; use https`,
    );
  return parsed.origin;
}
