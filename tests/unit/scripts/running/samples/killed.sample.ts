/** A run that is killed in its second test, once the first is noted. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { it } from 'vitest';
import { EVENTS } from '../../../../../scripts/support/running/events.mjs';

it('passes', () => undefined);
it('takes all with it', async () => {
  while (!readFileSync(process.env[EVENTS]!, { encoding: 'utf8', flag: 'a+' }).includes('passes')) await sleep(20);
  process.kill(process.ppid, 'SIGKILL');
  // Without its parent it would go on alone.
  process.kill(process.pid, 'SIGKILL');
});
