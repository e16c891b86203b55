import type { JsonValue } from 'stemma-document';

/** What a transform says of itself; `map` and `randomMap` take it into the record. */
export interface TransformFacts {
  /** What it was made with, defaults too. */
  readonly parameters: { readonly [name: string]: JsonValue };
  /** Results of pipelines that the parameters come from, such as the statistics of `normalize`. */
  readonly uses: readonly unknown[];
  /** Whether it draws random numbers: such a one is for `randomMap`, any other for `map`. */
  readonly draws: boolean;
}

/** Gives a function the name, the text and the facts that the record shows. */
export function described<F extends object>(
  fn: F,
  name: string,
  text: string,
  facts: Omit<TransformFacts, 'draws'>,
  draws = false,
): F {
  Object.defineProperty(fn, 'name', { value: name });
  Object.defineProperty(fn, 'toString', { value: () => text });
  return Object.assign(fn, facts, { draws });
}

/** JSON as one writes it in code: `{ size: [224, 224], layout: 'CHW' }`; nothing for an empty record. */
export function codeOf(value: JsonValue): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(codeOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([name, member]) => `${name}: ${codeOf(member)}`);
  return members.length === 0 ? '' : `{ ${members.join(', ')} }`;
}
