import type { Check } from '../harness/check';

export const checks: readonly Check[] = [];

export function findCheck(name: string): Check {
  const check = checks.find((candidate) => candidate.name === name);
  if (check === undefined) throw new Error(`there is no check "${name}"`);
  return check;
}
