import { type IncomingHttpHeaders, request } from 'node:http';
import type { RunningMonitor } from 'stemma-monitor';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  text: string;
  /** The parsed body. */
  json<T>(): T;
}

export interface Asking {
  method?: string;
  headers?: { [name: string]: string };
  body?: string;
}

/** One request exactly as given, without what `fetch` adds or forbids. */
export function ask(url: string, { method = 'GET', headers = {}, body }: Asking = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const whole = Buffer.concat(parts);
        const text = whole.toString();
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          body: whole,
          text,
          json: <T>() => JSON.parse(text) as T,
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** As someone who has the token. `path` below `/api/v1`. */
export function askMonitor(
  monitor: RunningMonitor,
  path: string,
  { headers = {}, ...rest }: Asking = {},
): Promise<Answer> {
  const authorization = `Bearer ${monitor.token}`;
  return ask(`${monitor.url}/api/v1${path}`, { headers: { authorization, ...headers }, ...rest });
}

/** Asks again and again until the answer is as wanted. */
export async function until<T>(make: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await make();
    if (wanted(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
