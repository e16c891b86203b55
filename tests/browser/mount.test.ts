/** The calls that a mounted source gets, and what is left after it ends. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stand, startStand } from '../panel/stand';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand();
});
afterAll(() => stand?.close());

it('a panel that throws while it is built leaves no listener and no element behind', async () => {
  const page = await stand.open({ width: 600 });
  const { thrown, listeners, elements } = await page.evaluate(() => window.harness.mountBroken());
  expect(thrown).toContain('TypeError');
  expect({ listeners, elements }).toEqual({ listeners: 0, elements: 0 });
  await page.close();
});

it('a source is notified when it is shown, of what is on show, and when it ends', async () => {
  const page = await stand.open({ width: 600 });
  const { told, labels, elements } = await page.evaluate(() => window.harness.mountTwice());
  const once = ['connect', 'shown', 'watch a21', 'hidden', 'shown', 'hidden', 'watch', 'dispose'];
  expect(told).toEqual([...once, ...once]);
  expect(labels[0]).toBeGreaterThan(10);
  expect(labels[1]).toBe(labels[0]);
  expect(elements).toBe(0);
  await page.close();
});
