/** One test of each kind, for the test of the reporter: two pass, one fails, one is skipped, one cannot start. */
import { beforeAll, describe, expect, it } from 'vitest';

it('passes', () => undefined);
it('passes, too', () => undefined);
it('fails', () => expect(1).toBe(2));
it.skip('is skipped', () => undefined);
describe('a group whose hook fails', () => {
  beforeAll(() => Promise.reject(new Error('the hook has failed')));
  it('is not reached', () => undefined);
});
