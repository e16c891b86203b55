import { hashText } from '../util/random';
import { countPassed } from './ancestors';
import type { Node } from './node';

/**
 * Which operation it is, for the numbers that it draws: its name, and how many of this kind and name there are before
 * it, so that the second of two does not repeat the first. No other operation matters.
 */
export function identityOf(kind: string, name: string, parents: readonly Node[]): number {
  const twins = countPassed(parents, (node) => node.kind === kind && node.name === name);
  return hashText(twins === 0 ? name : `${name}\n${twins}`);
}

/** Where an operation is in the graph, whatever its options: the same in each run of the same code. */
export function placeOf(kind: string, name: string, parents: readonly Node[]): number {
  return hashText(JSON.stringify([kind, name, ...parents.map(({ place }) => place)]));
}
