/** Views that cannot draw what they are given. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stand, startStand } from '../panel/stand';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand();
});
afterAll(() => stand?.close());

it('a panel that throws while it is built leaves no listener and no element behind', async () => {
  const page = await stand.open({ width: 600 });
  const { thrown, listeners, elements } = await page.evaluate(() => window.harness.buildBroken());
  expect(thrown).toContain('TypeError');
  expect({ listeners, elements }).toEqual({ listeners: 0, elements: 0 });
  await page.close();
});
