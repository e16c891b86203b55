import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Dataset } from 'stemma';

describe('fromStream', () => {
  it('takes streams of Node and of the web', async () => {
    const items = [1, 2, 3];
    expect(await Dataset.fromStream<number>(Readable.from(items)).toArray()).toEqual(items);
    const web = (): ReadableStream<number> =>
      new ReadableStream({
        start(controller) {
          items.forEach((item) => controller.enqueue(item));
          controller.close();
        },
      });
    const ds = Dataset.fromStream<number>(web as never);
    expect([await ds.toArray(), await ds.toArray()]).toEqual([items, items]);
  });

  it('says that a stream can be read once', async () => {
    const ds = Dataset.fromStream(Readable.from([1]));
    await ds.count();
    await expect(ds.count()).rejects.toThrow('the stream was read before, and can be read once; pass a function');
    expect(() => Dataset.fromStream([1] as never)).toThrow('invalid stream: expected a Readable of Node');
  });

  it('fails with the stream, after what came before, and destroys it at a break', async () => {
    const seen: unknown[] = [];
    const failing = Readable.from(
      (function* () {
        yield 1;
        throw new Error('connection reset');
      })(),
    );
    const run = Dataset.fromStream(failing, 'socket').forEach((item) => seen.push(item));
    await expect(run).rejects.toThrow('fromStream "socket" failed at item 1: connection reset');
    expect(seen).toEqual([1]);
    const endless = Readable.from(
      (function* () {
        for (;;) yield 1;
      })(),
    );
    for await (const _ of Dataset.fromStream(endless)) break;
    expect(endless.destroyed).toBe(true);
  });

  it('is destroyed where the run ends while it has nothing to give', async () => {
    const silent = new Readable({ objectMode: true, read: () => undefined });
    const controller = new AbortController();
    const run = Dataset.fromStream(silent).toArray({ signal: controller.signal });
    setImmediate(() => controller.abort(new Error('enough')));
    await expect(run).rejects.toThrow('enough');
    expect(silent.destroyed).toBe(true);
  });
});

describe('a stream that is not whole', () => {
  const objects = (): PassThrough => new PassThrough({ objectMode: true });
  const ended = (stream: PassThrough): Promise<void> => new Promise((resolve) => stream.once('close', resolve));
  const read = (stream: unknown): Promise<unknown[]> => Dataset.fromStream(stream as Readable).toArray();

  it('is an error where it is closed before its end', async () => {
    const stream = objects();
    stream.write(1);
    const run = Dataset.fromStream<number>(stream).forEach(() => void stream.destroy());
    await expect(run).rejects.toThrow(/at item 1: the stream was closed before its end/);
    const before = Readable.from([1, 2]);
    before.destroy();
    await expect(read(before)).rejects.toThrow('closed before its end');
    const unread = objects();
    unread.destroy();
    await ended(unread);
    await expect(read(unread)).rejects.toThrow('closed before its end');
  });

  it('is an error where it failed or ended before', async () => {
    const failed = objects();
    failed.on('error', () => undefined);
    failed.destroy(new Error('disk gone'));
    await ended(failed);
    await expect(read(failed)).rejects.toThrow('disk gone');
    const spent = Readable.from([1]);
    for await (const _ of spent);
    await expect(read(spent)).rejects.toThrow('the stream had ended before: it was read elsewhere');
    const same = Readable.from([1]);
    const ds = Dataset.fromStream(() => same);
    expect(await ds.toArray()).toEqual([1]);
    await expect(ds.toArray()).rejects.toThrow('the stream had ended before');
  });

  it('is whole where it ended, or was written, but not read yet', async () => {
    const written = objects();
    written.write(1);
    written.end(2);
    expect(await read(written)).toEqual([1, 2]);
    const empty = objects();
    empty.end();
    await new Promise((resolve) => empty.once('finish', resolve));
    expect(await read(empty)).toEqual([]);
    expect(await read(Readable.from([]))).toEqual([]);
  });

  it('is distinguished among web streams, too', async () => {
    const web = (): ReadableStream => new Blob(['ab']).stream();
    const locked = web();
    const reader = locked.getReader();
    await expect(read(locked)).rejects.toThrow('the stream is locked: a reader has it already');
    while (!(await reader.read()).done);
    reader.releaseLock();
    await expect(read(locked)).rejects.toThrow('the stream had ended before');
    const cancelled = web();
    await cancelled.cancel();
    await expect(read(cancelled)).rejects.toThrow('the stream had ended before');
    const failing = new ReadableStream({ start: (controller) => controller.error(new Error('gone')) });
    await expect(read(failing)).rejects.toThrow('gone');
    expect(await read(new ReadableStream({ start: (controller) => controller.close() }))).toEqual([]);
  });
});

describe('a function that promises a source', () => {
  it('is waited for', async () => {
    expect(await Dataset.fromStream(async () => Readable.from([1, 2])).toArray()).toEqual([1, 2]);
    const ds = Dataset.fromGenerator(async () => new Set([1]));
    expect([await ds.toArray(), await ds.toArray()]).toEqual([[1], [1]]);
    const generator = Dataset.fromGenerator(async () =>
      (async function* () {
        yield 'a';
      })(),
    );
    expect(await generator.toArray()).toEqual(['a']);
  });

  it('fails the run, and nothing else', async () => {
    const refused = async (): Promise<never> => {
      throw new Error('no connection');
    };
    await expect(Dataset.fromStream(refused).toArray()).rejects.toThrow('at item 0: no connection');
    await expect(Dataset.fromGenerator(refused).toArray()).rejects.toThrow('at item 0: no connection');
    await expect(Dataset.fromGenerator(async () => 5 as never).toArray()).rejects.toThrow('got 5');
    await expect(Dataset.fromStream(async () => 5 as never).toArray()).rejects.toThrow('got 5');
    // Vitest fails a run with a rejection that nobody handles.
    expect(() => Dataset.fromStream(refused() as never)).toThrow('got a promise; pass a function that returns it');
    expect(() => Dataset.fromGenerator(refused() as never)).toThrow('got a promise; pass a function that returns it');
    expect(() => Dataset.fromGenerator('text' as never)).toThrow('got "text"');
  });

  it('can be aborted while nothing comes, and what comes later is closed', async () => {
    const late = Readable.from([1]);
    let deliver: (stream: Readable) => void = () => undefined;
    const controller = new AbortController();
    const run = Dataset.fromStream(() => new Promise<Readable>((resolve) => (deliver = resolve))).toArray({
      signal: controller.signal,
    });
    setImmediate(() => controller.abort(new Error('enough')));
    await expect(run).rejects.toThrow('enough');
    deliver(late);
    await new Promise((resolve) => late.once('close', resolve));
    const other = new AbortController();
    const never = Dataset.fromGenerator(() => new Promise<never>(() => undefined)).toArray({ signal: other.signal });
    setImmediate(() => other.abort(new Error('enough')));
    await expect(never).rejects.toThrow('enough');
  });
});

describe('an iterator that can be read once', () => {
  function* generate(): Generator<number> {
    yield 1;
  }

  it.each([
    ['a generator', () => Dataset.fromGenerator(generate())],
    ['an iterator of a map', () => Dataset.fromGenerator(new Map([[1, 2]]).keys())],
    [
      'a function that returns the same one',
      () => {
        const same = generate();
        return Dataset.fromGenerator(() => same);
      },
    ],
  ])('is refused in a second epoch: %s', async (_, make) => {
    const ds = make();
    expect(await ds.toArray()).toEqual([1]);
    await expect(ds.toArray()).rejects.toThrow(
      'the iterator was read in an earlier iteration, and can be read only once',
    );
    await expect(make().repeat(2).toArray()).rejects.toThrow('can be read only once');
  });
});
