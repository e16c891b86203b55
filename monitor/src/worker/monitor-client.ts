import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { ProvenanceDocument, Sample } from 'stemma';
import type { Problem, SampleUpload } from '../api/types';
import type { ReportData } from './report-data';

const PATIENCE_MS = 10_000;

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

  async putSession(document: ProvenanceDocument): Promise<void> {
    await this.#put(`/api/v1/sessions/${encodeURIComponent(document.session.id)}`, document);
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
  #put(path: string, body: object): Promise<void> {
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
          let answer = '';
          response.setEncoding('utf8').on('data', (text: string) => (answer += text));
          response.on('end', () => {
            if (response.statusCode === 204) resolve();
            else
              reject(new Error(`the monitor at ${url} refused the report: ${reasonIn(answer) ?? response.statusCode}`));
          });
        },
      );
      sent.on('timeout', () => sent.destroy(new Error('it did not answer in time')));
      sent.on('error', (error) => reject(new Error(`cannot report to the monitor at ${url}: ${error.message}`)));
      sent.end(content);
    });
  }
}

function reasonIn(answer: string): string | undefined {
  try {
    return (JSON.parse(answer) as Problem).detail;
  } catch {
    return undefined;
  }
}
