/** The operators as generator functions, as anybody would write them. */

export type Step<A, B> = (value: A) => B;

export function* range(count: number): Generator<number> {
  for (let i = 0; i < count; i++) yield i;
}

export function* map<A, B>(source: Iterable<A>, fn: Step<A, B>): Generator<B> {
  for (const value of source) yield fn(value);
}

export function* filter<A>(source: Iterable<A>, keep: Step<A, boolean>): Generator<A> {
  for (const value of source) if (keep(value)) yield value;
}

export function* batch<A>(source: Iterable<A>, size: number): Generator<A[]> {
  let items: A[] = [];
  for (const value of source) {
    items.push(value);
    if (items.length < size) continue;
    yield items;
    items = [];
  }
  if (items.length > 0) yield items;
}

export async function* rangeAsync(count: number): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) yield i;
}

export async function* mapAsync<A, B>(source: AsyncIterable<A>, fn: Step<A, B | Promise<B>>): AsyncGenerator<B> {
  for await (const value of source) yield await fn(value);
}

export async function* filterAsync<A>(source: AsyncIterable<A>, keep: Step<A, boolean>): AsyncGenerator<A> {
  for await (const value of source) if (keep(value)) yield value;
}

export async function* batchAsync<A>(source: AsyncIterable<A>, size: number): AsyncGenerator<A[]> {
  let items: A[] = [];
  for await (const value of source) {
    items.push(value);
    if (items.length < size) continue;
    yield items;
    items = [];
  }
  if (items.length > 0) yield items;
}
