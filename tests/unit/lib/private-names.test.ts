import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dataset, provenance } from 'stemma';
import { expect, it } from 'vitest';
import { DISPLAY } from '../../../lib/src/widget/display';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder();
const five = Dataset.range(5);
const halves = { a: 0.5, b: 0.5 };
const fail = (): never => {
  throw new Error('mine');
};
const broken = join(folder, 'broken.mjs');
writeFileSync(broken, 'export default (');

/**
 * Each way in which the library calls a function of the user's. No function has a name that V8 could show in place of
 * ours.
 */
const calls: { [name: string]: () => Promise<unknown> } = {
  map: () => five.map(() => fail()).count(),
  'map, asynchronous': () => five.map(async () => fail()).count(),
  onError: () =>
    five
      .map(() => fail(), {
        onError: (
          () => () =>
            fail()
        )(),
      })
      .count(),
  randomMap: () => five.randomMap(() => fail()).count(),
  filter: () => five.filter(() => fail()).count(),
  tap: () => five.tap(() => fail()).count(),
  flatMap: () => five.flatMap(() => fail()).count(),
  interleave: () => five.interleave(() => fail()).count(),
  scan: () => five.scan(0, () => fail()).count(),
  distinct: () =>
    five
      .distinct({
        key: (
          () => () =>
            fail()
        )(),
      })
      .count(),
  takeWhile: () => five.takeWhile(() => fail()).count(),
  skipWhile: () => five.skipWhile(() => fail()).count(),
  bucketBy: () =>
    five
      .bucketBy(
        (
          () => () =>
            fail()
        )(),
        { size: 2 },
      )
      .count(),
  sampleWeighted: () =>
    five
      .sampleWeighted(
        (
          () => () =>
            fail()
        )(),
        {},
      )
      .count(),
  stratify: () =>
    five
      .split(halves, {
        stratify: (
          () => () =>
            fail()
        )(),
      })
      .a.count(),
  groupBy: () =>
    five
      .split(halves, {
        groupBy: (
          () => () =>
            fail()
        )(),
      })
      .a.count(),
  through: () =>
    five
      .through(
        (
          () => () =>
            fail()
        )(),
      )
      .count(),
  fromGenerator: () =>
    Dataset.fromGenerator(
      (
        () => () =>
          fail()
      )(),
    ).count(),
  forEach: () => five.forEach(() => fail()),
  'forEach, asynchronous': () => five.forEach(async () => fail()),
  reduce: () => five.reduce(() => fail(), 0),
  mapInWorkers: () => five.mapInWorkers(broken).count(),
};

/** The error with all its causes. */
function chain(error: unknown): unknown[] {
  return error === undefined ? [] : [error, ...chain((error as { cause?: unknown }).cause)];
}

it.each(Object.entries(calls))('%s: an error shows no name of a class or file of ours', async (_, run) => {
  const error: unknown = await run().catch((thrown: unknown) => thrown);
  for (const one of chain(error)) {
    expect(one).toBeInstanceOf(Error);
    const { message, stack } = one as Error;
    expect(message).not.toMatch(/\bstemma:|\/dist\/|lib\/src/);
    for (const frame of stack!.split('\n').filter((line) => line.includes(import.meta.filename)))
      expect(frame).not.toMatch(/ at (?:async )?[A-Z]\w+\.|\[as /);
  }
});

it('what a notebook prints counts in plain words', async () => {
  const shown = (value: object): string =>
    (value as { [DISPLAY](): { [type: string]: string } })[DISPLAY]()['text/plain']!;
  const one = Dataset.fromArray(['a']);
  for (let runs = 0; runs < 3; runs++) {
    for (const value of [provenance, one])
      expect(shown(value)).not.toMatch(/\b1 \w+s\b|\b[02-9] (?:run|operation|item)\b/);
    await one.count();
  }
});
