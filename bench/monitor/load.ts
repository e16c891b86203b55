import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';

export interface Target {
  url: string;
  token: string;
}

/** Something that keeps a monitor busy until it is stopped. */
export interface Load {
  stop(): void;
}

/**
 * Sends `rate` requests per second, cycling through `paths`, over one plain socket: an HTTP client would cost more than
 * the requests. `onLatency` gets the milliseconds from a request to the last byte of its response.
 */
export async function requests(
  { url, token }: Target,
  perSecond: number,
  paths: readonly string[],
  onLatency: (path: string, ms: number) => void,
): Promise<Load> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const asked: { path: string; start: number }[] = [];
  socket.on(
    'data',
    answersIn(() => {
      const { path, start } = asked.shift()!;
      onLatency(path, performance.now() - start);
    }),
  );
  let sent = 0;
  const timer = setInterval(() => {
    const path = paths[sent++ % paths.length]!;
    asked.push({ path, start: performance.now() });
    socket.write(`GET /api/v1${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  }, 1_000 / perSecond);
  return {
    stop: () => {
      clearInterval(timer);
      socket.destroy();
    },
  };
}

/** Reads only as much of responses as it must to see where each ends. */
function answersIn(onAnswer: () => void): (data: Buffer) => void {
  let head = '';
  let missing = 0;
  return (data) => {
    for (let at = 0; at < data.length;) {
      if (missing === 0) {
        const text = head + data.toString('latin1', at);
        const end = text.indexOf('\r\n\r\n');
        if (end < 0) {
          head = text;
          return;
        }
        if (!text.startsWith('HTTP/1.1 200')) throw new Error(`answered ${text.split('\r\n')[0]}`);
        missing = Number(/content-length: (\d+)/i.exec(text)![1]);
        at += end + 4 - head.length;
        head = '';
      }
      const here = Math.min(missing, data.length - at);
      missing -= here;
      at += here;
      if (missing === 0) onAnswer();
    }
  };
}

/** Clients that follow the events. */
export async function followers({ url, token }: Target, count: number): Promise<Load> {
  const headers = { authorization: `Bearer ${token}` };
  const follow = (): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      get(`${url}/api/v1/events`, { agent: false, headers }, resolve).on('error', reject);
    });
  const responses = await Promise.all(Array.from({ length: count }, follow));
  for (const response of responses) response.on('error', () => undefined).resume();
  return { stop: () => responses.forEach((response) => response.destroy()) };
}
