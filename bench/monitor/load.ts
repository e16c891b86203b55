import { Agent, get, type IncomingMessage } from 'node:http';

export interface Target {
  url: string;
  token: string;
}

/** Something that keeps a monitor busy until it is stopped. */
export interface Load {
  stop(): void;
}

/** So many requests a second, one after the other of `paths`; each latency in milliseconds is handed over. */
export function requests(
  { url, token }: Target,
  perSecond: number,
  paths: readonly string[],
  onLatency: (path: string, ms: number) => void,
): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  const headers = { authorization: `Bearer ${token}` };
  let sent = 0;
  const timer = setInterval(() => {
    const path = paths[sent++ % paths.length]!;
    const start = performance.now();
    get(`${url}/api/v1${path}`, { agent, headers }, (response) => {
      if (response.statusCode !== 200) throw new Error(`${path} answered ${response.statusCode}`);
      response.resume().on('end', () => onLatency(path, performance.now() - start));
    });
  }, 1_000 / perSecond);
  return {
    stop: () => {
      clearInterval(timer);
      setTimeout(() => agent.destroy(), 1_000).unref();
    },
  };
}

/** So many clients that follow the events. */
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
