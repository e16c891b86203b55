import type { JsonValue } from 'stemma-document';
import { createHash } from 'node:crypto';
import { currentHost } from '../host';
import type { Node } from './node';
import { upstreamOf } from './upstream';

/** How a stream is made, short enough to lie beside its items in a file. */
export interface Recipe {
  /** A notebook's kernel compiles functions in its own way: their texts are compared with those of kernels alone. */
  compiledBy: 'kernel' | 'program';
  steps: Step[];
}

interface Step {
  kind: string;
  name: string;
  /** Hashes of what it was given. */
  options: string;
  code: string;
}

/** They do not determine the items, or differ in each process. */
const IRRELEVANT = new Set(['seed', 'concurrency', 'ordered', 'threads']);

/** Of all operations that lead to `node` and of itself, in an order that each process has. */
export function recipeOf(node: Node): Recipe {
  const steps = upstreamOf(node).map(({ kind, name, code, options }): Step => ({
    kind,
    name,
    options: hash(JSON.stringify(options, relevant)),
    code: hash(code ?? ''),
  }));
  return { compiledBy: currentHost() === undefined ? 'program' : 'kernel', steps: steps.reverse() };
}

/** In words, what of `kept` is not as it is `now`; null where nothing is, or nobody can tell. */
export function differenceOf(kept: Recipe, now: Recipe): string | null {
  const names = ({ steps }: Recipe): string => steps.map(nameOf).join(' → ');
  if (names(kept) !== names(now)) {
    const isOther = (step: Step, i: number): boolean =>
      kept.steps[i] === undefined || nameOf(kept.steps[i]) !== nameOf(step);
    const first = now.steps.find(isOther) ?? kept.steps[now.steps.length]!;
    return `expected the items of ${names(now)}, got those of ${names(kept)}; the first step that differs is ${nameOf(first)}`;
  }
  for (const [i, step] of now.steps.entries()) {
    const before = kept.steps[i]!;
    if (before.options !== step.options) return `the options of ${nameOf(step)} were others when it was made`;
    if (before.code !== step.code && kept.compiledBy === now.compiledBy)
      return `the function of ${nameOf(step)} was another one when it was made`;
  }
  return null;
}

const nameOf = ({ kind, name }: Step): string => (kind === name ? kind : `${kind} "${name}"`);

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Folders differ from machine to machine. */
function relevant(name: string, value: JsonValue): JsonValue | undefined {
  if (IRRELEVANT.has(name)) return undefined;
  return typeof value === 'string' ? value.replace(/^.*[\\/]/, '') : value;
}
