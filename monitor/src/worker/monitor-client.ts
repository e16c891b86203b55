import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { ProvenanceDocument, Sample } from 'stemma';
import type { Problem, SampleUpload } from '../api/types';
import type { ReportData } from './report-data';

const PATIENCE_MS = 10_000;

/** How a recorder stands as it reports. In milliseconds before now, as the clocks of two machines differ. */
export interface Standing {
  /** Since it was last heard of. */
  ageMs: number;
  /** When its thread stopped responding; null while it responds. */
  blockedMs: number | null;
  /** Whether this is the last report. */
  ended: boolean;
}

/** Speaks to a monitor elsewhere, over one connection that is kept. */
export class MonitorClient {
  readonly #agent: HttpAgent;

  constructor(private readonly options: ReportData) {
    const { ca, url } = options;
    const kept = { keepAlive: true, maxSockets: 1 };
    this.#agent = url.startsWith('https:')
      ? new HttpsAgent({ ...kept, ...(ca === null ? {} : { ca }) })
      : new HttpAgent(kept);
  }

  /** Returns whether the monitor did not know the session. */
  async putSession(document: ProvenanceDocument, { ageMs, blockedMs, ended }: Standing): Promise<boolean> {
    const query = `ageMs=${ageMs}&ended=${ended}${blockedMs === null ? '' : `&blockedMs=${blockedMs}`}`;
    return (await this.#put(`/api/v1/sessions/${encodeURIComponent(document.session.id)}?${query}`, document)) === 201;
  }

  async putSamples(session: string, artifact: string, samples: readonly Sample[]): Promise<void> {
    const upload: SampleUpload = { samples: [...samples] };
    const path = `/api/v1/sessions/${encodeURIComponent(session)}/artifacts/${encodeURIComponent(artifact)}/samples`;
    await this.#put(path, upload);
  }

  close(): void {
    this.#agent.destroy();
  }

  /** @throws Error with what the monitor says against it, or why it cannot be reached. */
  #put(path: string, body: object): Promise<number> {
    const { url, token } = this.options;
    const request = url.startsWith('https:') ? httpsRequest : httpRequest;
    const content = Buffer.from(JSON.stringify(body));
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': content.length,
    };
    return new Promise((resolve, reject) => {
      const sent = request(
        url + path,
        { method: 'PUT', agent: this.#agent, headers, timeout: PATIENCE_MS },
        (response) => {
          let received = '';
          response.setEncoding('utf8').on('data', (text: string) => (received += text));
          response.on('end', () => {
            const status = response.statusCode!;
            if (status === 201 || status === 204) resolve(status);
            else reject(new Error(`the monitor at ${url} refused the report: ${reasonIn(received) ?? status}`));
          });
          // Without an end before it, the response was cut off.
          response.on('close', () => reject(new Error(`the monitor at ${url} broke off its response`)));
        },
      );
      sent.on('timeout', () => sent.destroy(new Error('it did not respond in time')));
      sent.on('error', (error) => reject(new Error(`cannot report to the monitor at ${url}: ${error.message}`)));
      sent.end(content);
    });
  }
}

function reasonIn(body: string): string | undefined {
  try {
    return (JSON.parse(body) as Problem).detail;
  } catch {
    return undefined;
  }
}
