/**
 * Thousands of requests made from the OpenAPI document, right and wrong ones, by schemathesis (which is installed into `.stemma/fuzz`):
 *
 *     npx tsx tests/monitor/fuzz.ts [--examples N] [--seed N]
 *
 * Fails where an answer is from 500 on or not as described, where fewer than 2,000 requests were sent, or where the record changed.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { canonicalHash, provenance } from 'stemma';
import { monitor } from 'stemma-monitor';
import { stateFolder } from '../../scripts/support/paths.mjs';
import { main, Problem, step } from '../../scripts/support/say.mjs';
import { run } from '../../scripts/support/run.mjs';
import { drawImages } from '../unit/monitor/pipeline';

const SCHEMATHESIS = 'schemathesis==4.32.5';
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
];
const LEAST_REQUESTS = 2_000;

/** Of what was sent and answered, in the HTTP Archive format. */
interface Archive {
  log: { entries: { response: { status: number } }[] };
}

await main(async () => {
  const { values } = parseArgs({
    options: { examples: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } },
  });
  const folder = join(stateFolder, 'fuzz');
  mkdirSync(folder, { recursive: true });
  const python = join(folder, 'venv', 'bin', 'python');
  step('installing schemathesis');
  await run('fuzz venv', ['python3', '-m', 'venv', join(folder, 'venv')]);
  await run('fuzz pip', [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', SCHEMATHESIS]);

  const running = await monitor.start();
  await drawImages();
  const before = canonicalHash(provenance.document());
  const archive = join(folder, 'requests.har');
  step('sending requests (a minute or two)');
  const summary = await run('fuzz', [
    join(folder, 'venv', 'bin', 'schemathesis'),
    'run',
    `${running.url}/api/v1/openapi.json`,
    ...['--header', `Authorization: Bearer ${running.token}`],
    // A stream that never ends is no answer that could be judged; events have tests of their own.
    ...['--exclude-path', '/api/v1/events'],
    ...['--checks', CHECKS.join(), '--continue-on-failure', '--request-timeout', '10', '--rate-limit', '250/s'],
    ...['--max-examples', values.examples, '--seed', values.seed],
    ...['--report', 'har', '--report-har-path', archive],
  ]);
  const { entries } = (JSON.parse(readFileSync(archive, 'utf8')) as Archive).log;
  const failed = entries.filter(({ response }) => response.status >= 500).length;
  await running.stop();

  step(summary.trim().split('\n').at(-1)!);
  step(`${entries.length} requests, ${failed} answers from 500 on`);
  if (failed > 0) throw new Problem('the monitor failed; see .stemma/logs/fuzz.log');
  if (entries.length < LEAST_REQUESTS) throw new Problem(`only ${entries.length} requests were sent`);
  if (canonicalHash(provenance.document()) !== before) throw new Problem('the record has changed');
});
