import type { Variant } from '../harness/race';

/** The functions of a chain `map → map → filter`; `F` may return a promise. */
export interface Functions<F = number> {
  first: (x: number) => F;
  second: (x: number) => number;
  keep: (x: number) => boolean;
}

/** Runs the whole chain and returns the sum of the batches' first items. */
export type Chain<F = number> = (items: number, functions: Functions<F>) => unknown;

export const BATCH = 32;

export const FUNCTIONS: Functions = { first: (x) => x * 2 + 1, second: (x) => x ^ 0x5f, keep: (x) => (x & 3) !== 0 };

const WARM_UPS = 24;
const WARM_UP_ITEMS = 3000;

/** Functions that no other has been, from a source text of their own; every other triple works on fractions. */
function strangers(k: number): Functions {
  const make = (body: string): never => new Function('x', `return ${body}`) as never;
  const keep = make(`(x & 3) !== ${k % 3}`);
  if (k % 2 === 0) return { first: make(`x * 2 + ${k}`), second: make(`x ^ ${k + 64}`), keep };
  return { first: make(`x * 0.5 + ${k}`), second: make(`x + ${k}.25`), keep };
}

/**
 * A variant whose operators have seen 24 other triples of functions before, on whole numbers and on fractions, as in a
 * kernel that lives long: their calls are megamorphic, nothing is inlined. `wrap` makes the functions what the chain
 * takes.
 */
export function megamorphic<F>(
  name: string,
  items: number,
  makeChain: () => Chain<F> | Promise<Chain<F>>,
  wrap: (functions: Functions) => Functions<F>,
  nodeOptions: readonly string[] = [],
): Variant {
  return {
    name,
    items,
    nodeOptions,
    prepare: async () => {
      const chain = await makeChain();
      for (let k = 0; k < WARM_UPS; k++) await chain(WARM_UP_ITEMS, wrap(strangers(k)));
      const functions = wrap(FUNCTIONS);
      return () => chain(items, functions);
    },
  };
}

let copies = 0;

/** The same functions, as V8 has never seen them: from source texts of their own. */
export function unseen({ first, second, keep }: Functions): Functions {
  const copy = <F>(fn: F): F => (new Function(`return ${String(fn)}\n// ${++copies}`) as () => F)();
  return { first: copy(first), second: copy(second), keep: copy(keep) };
}

export const asIs = (functions: Functions): Functions => functions;

/** What a consumer does: adds the first item of each batch. */
export function total(batches: Iterable<readonly number[]>): number {
  let sum = 0;
  for (const batch of batches) sum += batch[0]!;
  return sum;
}

export async function totalAsync(batches: AsyncIterable<readonly number[]>): Promise<number> {
  let sum = 0;
  for await (const batch of batches) sum += batch[0]!;
  return sum;
}
