import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { ProvenanceDocument } from 'stemma-document';
import { readDocument } from '../../documents/read-document';
import { type Repetition, REPETITION } from '../../util/repetition';
import { findPackage } from '../find-package';
import { CannotReproduce } from './cannot-reproduce';
import { drawnSeeds, hasAllDigests, programOf, type RecordedProgram } from './programs';
import { type Moved, Workplace } from './workplace';

/** What became of a record's repetition. */
export interface Repeated {
  document: ProvenanceDocument;
  /** Sentences on what is not as it was recorded. */
  notes: string[];
}

/** What is known of the places. */
export interface RunAgainOptions {
  project?: string;
  moved: Moved;
  /** Run the module as it is now rather than as it was recorded. */
  current: boolean;
}

/**
 * Runs what a document records once more, in a temporary folder and a process of its own.
 *
 * @throws CannotReproduce, or an ExportError, where the record does not allow it, or the program does not run.
 */
export async function runAgain(
  document: ProvenanceDocument,
  { project, moved, current }: RunAgainOptions,
): Promise<Repeated> {
  const program = programOf(document);
  const place = await Workplace.make(document, project);
  try {
    await place.addFiles(document, current);
    await place.addData(document, moved);
    const seeds = program.kind === 'notebook' ? drawnSeeds(document) : {};
    const repetition: Repetition = { data: moved.map((pair) => [...pair]), outside: place.outside, seeds };
    const out = path.join(place.root, 'repeated.provenance.json');
    const args = await commandOf(program, document, place, out);
    const { code, stderr } = await run(args, place.folder, repetition);
    if (!existsSync(out))
      throw new CannotReproduce(`it did not run to its end (exit code ${code}):\n${lastOf(stderr)}`);
    const repeated = readDocument(out);
    if (code !== 0 && !hasFailed(document)) throw new CannotReproduce(`it failed:\n${lastOf(stderr)}`);
    return { document: repeated, notes: place.notes };
  } finally {
    await place.remove();
  }
}

const hasFailed = ({ runs }: ProvenanceDocument): boolean => runs.some(({ state }) => state === 'failed');

async function commandOf(
  program: RecordedProgram,
  document: ProvenanceDocument,
  place: Workplace,
  out: string,
): Promise<string[]> {
  const digests = hasAllDigests(document) ? { digests: 'all' } : {};
  if (program.kind === 'module') {
    const bin = path.join(__dirname, '../../../bin/stemma.mjs');
    return [bin, 'run', place.placeOf(program.path), '--out', out, ...program.settings];
  }
  const about = findPackage('stemma-kernel/package.json', path.join(place.project, 'package.json'));
  if (about === null)
    throw new CannotReproduce('a notebook needs the package stemma-kernel: run `npm install stemma-kernel`');
  const file = path.join(place.root, 'cells.json');
  await writeFile(file, JSON.stringify({ cells: program.cells, ...digests, out }));
  return [path.join(path.dirname(about), 'dist/cli.js'), 'replay', file];
}

const MOST_TEXT = 4_000;
/** What it says last tells why it ended. */
const lastOf = (text: string): string => text.slice(-MOST_TEXT).trimEnd();

function run(args: string[], cwd: string, repetition: Repetition): Promise<{ code: number | null; stderr: string }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, [REPETITION]: JSON.stringify(repetition) };
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-10 * MOST_TEXT)));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stderr }));
  });
}
