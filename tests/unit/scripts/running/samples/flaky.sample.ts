/** A test that fails once. */
import { it } from 'vitest';

let times = 0;
it('passes the second time', () => {
  if (times++ === 0) throw new Error('the first time');
});
