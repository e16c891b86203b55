import type { Node } from '../graph/node';
import { rememberResult } from '../graph/node';
import { type Chunk, END } from '../engine/chunk';
import { pipelineError } from '../engine/errors';
import { type SinkDefinition, SinkRun } from './run-sink';

/** Takes one item; a promise is waited for. */
export type Take = (item: unknown, index: number) => unknown;

/** A sink that takes everything: pulls until the end, hands each item to `take`, and answers `result()`. */
export function consume<T>(node: Node, definition: SinkDefinition, take: Take, result: () => T): Promise<T> {
  const sink = new SinkRun(node, definition);
  const promise = drain(sink, definition, take).then(
    async () => {
      const value = result();
      await sink.complete(value);
      return value;
    },
    async (error: unknown) => {
      await sink.fail(error);
      throw error;
    },
  );
  rememberResult(promise, sink.process?.output ?? null);
  return promise;
}

async function drain(sink: SinkRun, definition: SinkDefinition, take: Take): Promise<void> {
  const { driver, probe } = sink;
  let index = 0;
  const waitedMs = sink.process?.waitMs ?? 0;
  for (;;) {
    const rest = driver.breathe();
    if (rest !== undefined) await rest;
    const pulled = driver.pull(Infinity);
    const chunk = pulled instanceof Promise ? await pulled : pulled;
    if (sink.process !== null) sink.process.waitMs = waitedMs + driver.waitMs;
    if (chunk === END) break;
    if (chunk.length === 0) continue;
    const start = probe?.begin(chunk.length) ?? 0;
    const taken = takeAll(sink, definition, chunk, take, index);
    if (taken !== undefined) await taken;
    probe?.end(start, chunk.length);
    index += chunk.length;
  }
}

/** Synchronous as long as `take` is. */
function takeAll(
  sink: SinkRun,
  definition: SinkDefinition,
  chunk: Chunk,
  take: Take,
  first: number,
): Promise<void> | undefined {
  const { values } = chunk;
  let i = 0;
  try {
    for (; i < values.length; i++) {
      const taken = take(values[i], first + i);
      if (taken instanceof Promise) return takeRest(sink, definition, chunk, take, first, i, taken);
    }
  } catch (error) {
    throw blame(sink, definition, error, chunk, i, first);
  }
  return undefined;
}

async function takeRest(
  sink: SinkRun,
  definition: SinkDefinition,
  chunk: Chunk,
  take: Take,
  first: number,
  at: number,
  taken: Promise<unknown>,
): Promise<void> {
  let i = at;
  try {
    await taken;
    for (i++; i < chunk.length; i++) {
      sink.signal.throwIfAborted();
      await take(chunk.values[i], first + i);
    }
  } catch (error) {
    if (sink.signal.aborted) throw error;
    throw blame(sink, definition, error, chunk, i, first);
  }
}

/** The user's function in the sink failed on an item. */
function blame(sink: SinkRun, { kind }: SinkDefinition, error: unknown, chunk: Chunk, i: number, first: number): Error {
  const label = sink.process?.definition.label ?? kind;
  const origin = sink.describeOrigin(chunk.origins[i]!);
  const failure = pipelineError(error, { kind, label, index: first + i, origin, input: chunk.values[i] });
  sink.probe?.fail(failure);
  return failure;
}
