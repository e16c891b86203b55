import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { within } from './within';

/** The environment variable with a {@link Repetition} as JSON. */
export const REPETITION = 'STEMMA_REPETITION';

/** What a process is given by `stemma reproduce`, so that it does again what is recorded. */
export interface Repetition {
  /** Folders and files, as the record has them, and where they are now. */
  data: [recorded: string, now: string][];
  /** Takes the place of the root folder for all that is written outside of the working folder. */
  outside: string;
  /** Seeds by the kind of step, in the order of the steps: for those that drew one. */
  seeds: { [kind: string]: number[] };
}

/** Undefined before the first look. */
let given: Repetition | null | undefined;

/** Null but in a process of `stemma reproduce`. */
function repetition(): Repetition | null {
  if (given !== undefined) return given;
  const text = process.env[REPETITION];
  return (given = text === undefined || text === '' ? null : (JSON.parse(text) as Repetition));
}

/** Where a source finds what it is to read: elsewhere in a repetition whose data have moved. */
export function placeToRead(recorded: string): string {
  const again = repetition();
  if (again === null) return recorded;
  const redirected = placeToWrite(recorded);
  if (redirected !== recorded && existsSync(redirected)) return redirected;
  const file = withHome(recorded);
  for (const [folder, now] of again.data) {
    const way = within(path.resolve(withHome(folder)), path.resolve(file));
    if (way !== null) return way === '' ? now : path.join(now, way);
  }
  return file;
}

/** Where a sink writes: a repetition writes nothing outside of its own folder. */
export function placeToWrite(recorded: string): string {
  const again = repetition();
  if (again === null) return recorded;
  const file = path.resolve(withHome(recorded));
  if (within(process.cwd(), file) !== null) return recorded;
  return path.join(again.outside, path.relative(path.parse(file).root, file));
}

/** The seed that the next step of a kind drew when it was recorded; undefined where that is not known. */
export function seedDrawnBefore(kind: string): number | undefined {
  return repetition()?.seeds[kind]?.shift();
}

/** Records have the home folder as `~`. */
function withHome(file: string): string {
  return /^~(?=[\\/]|$)/.test(file) ? homedir() + file.slice(1) : file;
}
