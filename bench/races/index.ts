import type { Race } from '../harness/race';
import { numbers } from './numbers';
import { photographs } from './photographs';

export const races: readonly Race[] = [numbers, photographs];

export function findRace(name: string): Race {
  const race = races.find((candidate) => candidate.name === name);
  if (race === undefined) throw new Error(`there is no race "${name}"`);
  return race;
}
