import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import * as path from 'node:path';
import type { DvcFacts } from 'stemma-document';
import { compareFiles, type Looked } from './compare-files';
import { filesOf } from './folder-list';
import { dvcProject, inProject } from './project';
import { outputsIn, type TrackedOutput } from './tracked-outputs';

/** What comes first speaks for files that are tracked one by one. */
const BY_WEIGHT = ['changed', 'untracked', 'unknown', 'same'];

/**
 * What DVC knows of files; undefined where they are in none of its projects. Needs no DVC, reads what lies in the
 * project, and never throws: what cannot be read makes the state unknown.
 */
export function dvcFacts(looked: Looked): DvcFacts | undefined {
  const project = dvcProject(looked.target);
  if (project === null) return undefined;
  try {
    const facts = new Tracking(project, looked.target).factsOf(looked);
    return facts.state === 'untracked' && isInGit(project, facts.path) ? { ...facts, reason: 'git tracks it' } : facts;
  } catch (error) {
    const reason = (error as Error).message;
    return { path: inProject(project, looked.target), within: '', state: 'unknown', reason };
  }
}

/** Of what was written, where its hash is known. */
export function dvcFactsOfWritten(target: string, known: Pick<Looked, 'md5' | 'digestsOf'>): DvcFacts | undefined {
  return dvcProject(target) === null ? undefined : dvcFacts({ target, files: filesOf(target), ...known });
}

/** What the files of DVC say, from a place in its project upward. */
class Tracking {
  readonly #outputs = new Map<string, TrackedOutput>();
  readonly #broken: [file: string, reason: string][] = [];

  constructor(
    private readonly project: string,
    target: string,
  ) {
    const first = statSync(target).isDirectory() ? target : path.dirname(target);
    for (let folder = first; ; folder = path.dirname(folder)) {
      const { outputs, broken } = outputsIn(folder);
      for (const output of outputs) this.#outputs.set(output.path, output);
      this.#broken.push(...broken);
      if (folder === project) return;
    }
  }

  factsOf(looked: Looked): DvcFacts {
    const { target, files } = looked;
    const output = this.#outputOf(target);
    if (output !== null) return this.#tracked(looked, output);
    const areMany = files.length > 1 || files[0] !== target;
    if (areMany && files.some((file) => this.#outputOf(file) !== null)) return this.#oneByOne(looked);
    return this.#untracked(target);
  }

  #outputOf(target: string): TrackedOutput | null {
    for (let at = target; at !== this.project; at = path.dirname(at)) {
      const output = this.#outputs.get(at);
      if (output !== undefined) return output;
    }
    return null;
  }

  #tracked(looked: Looked, output: TrackedOutput): DvcFacts {
    const { file, md5, stage, import: origin } = output;
    return {
      file: inProject(this.project, file),
      path: inProject(this.project, output.path),
      within: inProject(output.path, looked.target),
      ...(md5 === undefined ? {} : { md5 }),
      ...(stage === undefined ? {} : { stage }),
      ...(origin === undefined ? {} : { import: origin }),
      ...compareFiles(looked, output, this.project),
    };
  }

  #oneByOne({ files, digestsOf }: Looked): DvcFacts {
    const all = files.map((file) => this.factsOf({ target: file, files: [file], digestsOf }));
    const weight = ({ state }: DvcFacts): number => BY_WEIGHT.indexOf(state);
    const worst = all.reduce((before, one) => (weight(one) < weight(before) ? one : before));
    return { reason: `one of ${files.length} files that are tracked one by one`, ...worst };
  }

  #untracked(target: string): DvcFacts {
    const place = { path: inProject(this.project, target), within: '' };
    const [broken] = this.#broken;
    if (broken !== undefined) {
      const [file, reason] = broken;
      return { ...place, state: 'unknown', reason: `"${inProject(this.project, file)}" cannot be read: ${reason}` };
    }
    return { ...place, state: 'untracked' };
  }
}

function isInGit(project: string, target: string): boolean {
  const options = { cwd: project, stdio: 'ignore', timeout: 2000 } as const;
  return spawnSync('git', ['--literal-pathspecs', 'ls-files', '--error-unmatch', '--', target], options).status === 0;
}
