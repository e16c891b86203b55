/** A run that is killed in its second test, once the first is noted. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { it } from 'vitest';
import { EVENTS } from '../../../../../scripts/support/running/events.mjs';

// Longer than vitest keeps what is done before it tells: it may otherwise not tell before the next test is done.
it('passes', () => sleep(300));
it('takes all with it', async () => {
  while (!readFileSync(process.env[EVENTS]!, { encoding: 'utf8', flag: 'a+' }).includes('passes')) await sleep(20);
  const runner = process.ppid;
  process.kill(runner, 'SIGKILL');
  // Not before the runner is gone, which would note it; without its parent it would go on alone.
  while (process.ppid === runner) await sleep(20);
  process.kill(process.pid, 'SIGKILL');
});
