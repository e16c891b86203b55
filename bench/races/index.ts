import type { Race } from '../harness/race';
import { csv } from './csv';
import { digits } from './digits';
import { numbers } from './numbers';
import { oneAsync } from './one-async';
import { photographs } from './photographs';
import { records } from './records';
import { shuffle } from './shuffle';
import { transforms } from './transforms';

export const races: readonly Race[] = [numbers, oneAsync, records, digits, shuffle, photographs, csv, transforms];

export function findRace(name: string): Race {
  const race = races.find((candidate) => candidate.name === name);
  if (race === undefined) throw new Error(`there is no race "${name}"`);
  return race;
}
