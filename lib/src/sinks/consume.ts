import type { Node } from '../graph/node';
import { rememberResult } from '../graph/node';
import { type Chunk, END } from '../engine/chunk';
import { pipelineError } from '../engine/errors';
import { isThenable } from '../engine/thenable';
import type { FunctionContext } from '../engine/user-function';
import { type SinkDefinition, SinkRun } from './run-sink';

/** Takes one item; a promise is waited for. */
export type Take = (item: unknown, index: number, context: FunctionContext) => unknown;

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
  const { context } = sink;
  let i = 0;
  try {
    for (; i < values.length; i++) {
      const taken = take(values[i], first + i, context);
      if (typeof taken === 'object' && isThenable(taken))
        return takeRest(sink, definition, chunk, take, first, i, taken);
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
  pending: PromiseLike<unknown>,
): Promise<void> {
  const { driver, context } = sink;
  let i = at;
  try {
    await driver.settled(pending);
    for (i++; i < chunk.length; i++) {
      const taken = take(chunk.values[i], first + i, context);
      if (isThenable(taken)) await driver.settled(taken);
    }
  } catch (error) {
    throw blame(sink, definition, error, chunk, i, first);
  }
}

/** The user's function in the sink failed on an item; where the run was aborted, no function is to blame. */
function blame(sink: SinkRun, { kind }: SinkDefinition, error: unknown, chunk: Chunk, i: number, first: number): Error {
  if (sink.abortReason !== undefined) return sink.abortReason;
  const label = sink.process?.definition.label ?? kind;
  const origin = sink.describeOrigin(chunk.origins[i]!);
  const failure = pipelineError(error, { kind, label, index: first + i, origin, input: chunk.values[i] });
  sink.probe?.fail(failure);
  return failure;
}
