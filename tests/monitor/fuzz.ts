/**
 * Many requests made from the OpenAPI document, right and wrong ones, by schemathesis (in the tests' virtual
 * environment):
 *
 *     npx tsx tests/monitor/fuzz.ts [--examples N] [--minimum N] [--seed N] [--phases NAMES]
 *
 * Fails where a response is 500 or above or not as described, where fewer requests than `--minimum` were sent, where an
 * operation was hardly reached, or where the record changed.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { canonicalHash, provenance } from 'stemma';
import { monitor } from 'stemma-monitor';
import { inVenv, stateFolder } from '../../scripts/support/paths.mjs';
import { main, Problem, step } from '../../scripts/support/say.mjs';
import { run } from '../../scripts/support/run.mjs';
import { type Operation, OPERATIONS } from '../../monitor/src/api/operations';
import { drawImages } from '../unit/monitor/pipeline';

const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
];
/** Events are left out below; what it reads itself schemathesis does not test. */
const NOT_ASKED = ['getEvents', 'getOpenApi'];
/** Share of the requests to operations without an id that must succeed; an id can hardly be guessed. */
const LEAST_SUCCESS = 0.1;
/** Share of all requests that may be refused before an operation sees them. */
const MOST_KEPT_OUT = 0.05;

interface Entry {
  request: { method: string; url: string };
  response: { status: number };
}

/** A request with its response, in the HTTP Archive format. */
interface Archive {
  log: { entries: Entry[] };
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      examples: { type: 'string', default: '50' },
      minimum: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      phases: { type: 'string', default: 'examples,coverage,fuzzing,stateful' },
    },
  });
  const folder = join(stateFolder, 'fuzz');
  mkdirSync(folder, { recursive: true });

  const running = await monitor.start();
  await drawImages();
  const before = canonicalHash(provenance.document());
  const archive = join(folder, 'requests.har');
  step('sending requests (a minute or two)');
  const summary = await run('fuzz', [
    inVenv('schemathesis'),
    'run',
    `${running.url}/api/v1/openapi.json`,
    ...['--header', `Authorization: Bearer ${running.token}`],
    // A stream that never ends is no answer that could be judged; events have tests of their own.
    ...['--exclude-path', '/api/v1/events'],
    ...['--checks', CHECKS.join(), '--continue-on-failure', '--rate-limit', '250/s'],
    // A machine that is busy with something else is no fault.
    ...['--request-timeout', '60', '--suppress-health-check', 'too_slow', '--phases', values.phases],
    ...['--max-examples', values.examples, '--seed', values.seed],
    ...['--report', 'har', '--report-har-path', archive],
  ]);
  const { entries } = (JSON.parse(readFileSync(archive, 'utf8')) as Archive).log;
  const failed = entries.filter(({ response }) => response.status >= 500).length;
  await running.stop();

  step(summary.trim().split('\n').at(-1)!);
  step(`${entries.length} requests, ${failed} responses of 500 or above`);
  for (const problem of unreached(entries)) throw new Problem(problem);
  if (failed > 0) throw new Problem('the monitor failed; see .stemma/logs/fuzz.log');
  if (entries.length < Number(values.minimum)) throw new Problem(`only ${entries.length} requests were sent`);
  if (canonicalHash(provenance.document()) !== before) throw new Problem('the record has changed');
});

/** Operations that the requests did not get to, so that they say nothing of them. */
function unreached(entries: readonly Entry[]): string[] {
  const share = (some: readonly Entry[], isOne: (status: number) => boolean): number =>
    some.filter(({ response }) => isOne(response.status)).length / Math.max(1, some.length);
  return Object.entries<Operation>(OPERATIONS).flatMap(([name, { method, path }]) => {
    if (NOT_ASKED.includes(name)) return [];
    const pattern = new RegExp(`^/api/v1${path.replace(/\{\w+\}/g, '[^/]*')}$`);
    const own = entries.filter(
      ({ request }) => request.method.toLowerCase() === method && pattern.test(new URL(request.url).pathname),
    );
    const success = share(own, (status) => status < 400);
    const keptOut = share(own, (status) => [401, 421, 429].includes(status));
    step(`${name}: ${own.length} requests, ${Math.round(100 * success)} % successful`);
    const isReached = own.length > 0 && keptOut <= MOST_KEPT_OUT && (path.includes('{') || success >= LEAST_SUCCESS);
    return isReached
      ? []
      : [`${name} was hardly reached: ${own.length} requests, ${Math.round(100 * keptOut)} % were kept out`];
  });
}
