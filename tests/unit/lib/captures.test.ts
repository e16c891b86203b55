import { describe, expect, it } from 'vitest';
import {
  type Capture,
  Dataset,
  horizontalFlip,
  provenance,
  type Process,
  Recorder,
  type RecorderOptions,
} from 'stemma';
import { withoutData } from 'stemma-document';
import { inSession } from '../document/in-session';

/** What the step with this label captures, by name. */
function capturesIn(processes: readonly Process[], label: string): { [name: string]: Capture } | undefined {
  const list = processes.find((process) => process.label === label)?.code?.captures;
  return list && Object.fromEntries(list.map((capture) => [capture.name, capture]));
}

async function captures(fn: (n: number) => unknown, options: RecorderOptions = {}) {
  const recorder = new Recorder(options);
  await recorder.run(() => Dataset.range(3).map(fn, 'Step').count());
  return capturesIn(recorder.document().processes, 'Step');
}

const factor = 3;
const name = 'short';
const isOn = true;
const long = 'x'.repeat(300);
const lookup = new Map([['a', 1]]);
const weights = Float32Array.of(1, 2);
const nothing = null;
const helper = (n: number): number => n * factor;
const other = (n: number): number => helper(n) + 1;
const password = 'hunter2';
const even = (n: number): boolean => n === 0 || odd(n - 1);
const odd = (n: number): boolean => n !== 0 && even(n - 1);

describe('what a function captures', () => {
  it('is in the record: numbers, booleans and short texts as they are, larger things by type, size and digest', async () => {
    const digest = expect.stringMatching(/^[0-9a-f]{16}$/) as string;
    expect(await captures((n) => [n, factor, name, isOn, long, lookup, weights, nothing])).toEqual({
      factor: { name: 'factor', type: 'number', value: 3 },
      name: { name: 'name', type: 'text', size: 5, value: 'short' },
      isOn: { name: 'isOn', type: 'bool', value: true },
      long: { name: 'long', type: 'text', size: 300, digest },
      lookup: { name: 'lookup', type: 'Map', size: 1, digest },
      weights: { name: 'weights', type: 'Float32Array', size: 8, digest },
      nothing: { name: 'nothing', type: 'null' },
    });
  });

  it('has the source of functions, and what they capture, as deep as it goes', async () => {
    const found = await captures((n) => other(n));
    expect(found).toMatchObject({
      other: {
        type: 'function',
        code: { source: expect.stringContaining('+ 1') as string },
        captures: [{ name: 'helper', captures: [{ name: 'factor', value: 3 }] }],
      },
    });
  });

  it('ends where functions call each other', async () => {
    const found = (await captures((n) => even(n)))!['even']!;
    expect(found.captures).toMatchObject([{ name: 'odd', captures: [{ name: 'even', type: 'function' }] }]);
    expect(JSON.stringify(found).length).toBeLessThan(2_000);
  });

  it('is that of the call that made the function', async () => {
    const make = (by: number) => (n: number) => n * by;
    expect(await captures(make(2))).toEqual({ by: { name: 'by', type: 'number', value: 2 } });
    expect(await captures(make(5))).toEqual({ by: { name: 'by', type: 'number', value: 5 } });
  });

  it('is nothing where only its parameters are in it', async () => {
    expect(await captures((n) => Math.sqrt(n) + [n].length)).toEqual({});
  });

  it('is that of the sink, too', async () => {
    const recorder = new Recorder();
    await recorder.run(() => Dataset.range(3).reduce((sum, n) => sum + n * factor, 0, 'Sum'));
    expect(capturesIn(recorder.document().processes, 'Sum')).toMatchObject({ factor: { value: 3 } });
  });

  it('of functions of packages, and of those that show their parameters, is not asked for', async () => {
    const recorder = new Recorder();
    await recorder.run(() =>
      Dataset.fromArray([{ data: weights, shape: [1, 1, 2] }])
        .map(horizontalFlip() as never, 'Flip')
        .count(),
    );
    expect(capturesIn(recorder.document().processes, 'Flip')).toBeUndefined();
  });

  it('is looked at when it first runs, and not again in each epoch', async () => {
    let by = 1;
    let reads = 0;
    const settings = { get by() { reads++; return by; } }; // prettier-ignore
    const recorder = new Recorder();
    const step = recorder.run(() => Dataset.range(3).map((n) => n * (by > 0 && settings !== null ? by : 1), 'Step'));
    by = 2;
    for (let epoch = 0; epoch < 5; epoch++) {
      await step.count();
      by++;
    }
    expect(capturesIn(recorder.document().processes, 'Step')).toMatchObject({ by: { value: 2 } });
    expect(reads).toBeLessThan(2);
  });

  it('leaves a value alone that fails when it is looked at', async () => {
    const broken = new Proxy({}, { ownKeys: () => { throw new Error('no'); } }); // prettier-ignore
    expect(await captures((n) => [n, broken])).toMatchObject({ broken: { unknown: 'opaque' } });
  });
});

describe('captured values that are private', () => {
  it('are not kept where their name is that of a secret', async () => {
    expect(await captures((n) => [n, password])).toEqual({
      password: { name: 'password', type: 'text', size: 7, unknown: 'private' },
    });
  });

  it('are not kept where something within them is a secret, nor who asks at an address', async () => {
    const pw = 'LEAK';
    const bearer = 'LEAK';
    const url = 'https://u:LEAK@h/';
    const options = { db: new Map([['all', [{ passphrase: 'LEAK' }]]]) };
    const found = (await captures((n) => [n, pw, bearer, url, options]))!;
    expect(found['url']!.value).toBe('https://…@h/');
    expect(['pw', 'bearer', 'options'].map((name) => found[name]!.unknown)).toEqual(Array(3).fill('private'));
    expect(found['options']!.digest).toBeUndefined();
    expect(JSON.stringify(found)).not.toContain('LEAK');
  });

  it('are not kept without samples, nor as digests, which could be guessed; functions are', async () => {
    const found = (await captures((n) => [helper(n), name, lookup], { samples: false }))!;
    expect(found['name']).toEqual({ name: 'name', type: 'text', size: 5, unknown: 'private' });
    expect(found['lookup']).toEqual({ name: 'lookup', type: 'Map', size: 1, unknown: 'private' });
    expect(found['helper']).toMatchObject({ type: 'function', captures: [{ name: 'factor', unknown: 'private' }] });
  });

  it('are not kept where redact returns something else', async () => {
    const redact = (value: unknown): unknown => (typeof value === 'string' ? '…' : value);
    const found = (await captures((n) => [n, name, factor], { redact }))!;
    expect(found['name']!.unknown).toBe('private');
    expect(found['factor']!.value).toBe(3);
  });

  it('are not looked at where that is switched off', async () => {
    expect(await captures((n) => n * factor, { captures: false })).toBeUndefined();
  });

  it('are left out of a document without data', async () => {
    const document = await inSession(() =>
      Dataset.range(3)
        .map((n) => [helper(n), name], 'Step')
        .count(),
    );
    const hidden = JSON.stringify(withoutData(document).processes);
    expect(JSON.stringify(document.processes)).toContain('"value":"short"');
    expect(hidden).not.toContain('"value":"short"');
    expect(hidden).not.toContain('"value":3');
    expect(hidden).toContain('n * factor');
    expect(provenance.settings.captures).toBe(true);
  });
});
