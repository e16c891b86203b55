import type { Check } from '../harness/check';
import { accuracy } from './accuracy';
import { batching } from './batching';
import { behaviour } from './behaviour';
import { memory } from './memory';
import { recordingCost } from './recording-cost';
import { times } from './times';

export const checks: readonly Check[] = [recordingCost, accuracy, times, memory, behaviour, batching];

export function findCheck(name: string): Check {
  const check = checks.find((candidate) => candidate.name === name);
  if (check === undefined) throw new Error(`there is no check "${name}"`);
  return check;
}
