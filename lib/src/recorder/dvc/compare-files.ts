import { existsSync } from 'node:fs';
import * as path from 'node:path';
import type { DvcChange, DvcFacts } from 'stemma-document';
import type { Digests } from '../../util/file-hash';
import { type FolderList, folderList, hashFolder } from './folder-list';
import { inProject } from './project';
import type { TrackedOutput } from './tracked-outputs';

/** Files that were read or written, which are all in one place. Paths are absolute. */
export interface Looked {
  /** The file, or the folder that they are in. */
  target: string;
  files: readonly string[];
  /** Of them together, by DVC's rule, where that is known. */
  md5?: string;
  digestsOf: (file: string) => Digests;
}

type Verdict = Pick<DvcFacts, 'state' | 'changed' | 'changes' | 'reason'>;

const MOST_CHANGES = 5;

const unknown = (reason: string): Verdict => ({ state: 'unknown', reason });

/** How files compare with what DVC has noted of the output that they are in. */
export function compareFiles(looked: Looked, output: TrackedOutput, project: string): Verdict {
  const verdict = compare(looked, output, project);
  if (verdict.state === 'same') return verdict;
  if (isUnderWay(output, project))
    return unknown(`stage "${output.stage}" is under way: DVC notes what it wrote once it has ended`);
  return verdict.state === 'changed' && output.isLegacy
    ? unknown('it was added with DVC 2, whose hashes of texts leave out how lines end')
    : verdict;
}

function compare(looked: Looked, output: TrackedOutput, project: string): Verdict {
  const { target, files, digestsOf } = looked;
  const { md5, entries } = output;
  if (md5 === undefined && entries === undefined)
    return unknown(
      output.stage === undefined ? 'DVC has noted no MD5 of it' : `stage "${output.stage}" has not run with DVC yet`,
    );
  if (md5 !== undefined && target === output.path && looked.md5 === md5) return { state: 'same' };
  if (entries === undefined && !md5!.endsWith('.dir')) {
    if (files.length === 1 && files[0] === output.path)
      return digestsOf(output.path).md5 === md5
        ? { state: 'same' }
        : changedBy([{ path: path.basename(target), how: 'modified' }]);
    return unknown(`DVC has "${inProject(project, output.path)}" as a file, which is a folder now`);
  }
  const list = folderList(output, project);
  if (list !== null) return changedBy(changesOf(looked, output.path, list));
  const now = hashFolder(output.path, digestsOf);
  if (now === md5) return { state: 'same' };
  return now !== null && target === output.path
    ? { state: 'changed' }
    : unknown('the list of the files of the folder is not in the cache: it can be fetched');
}

/** Files that were not read count only where they are gone: a source may want some of a folder's. */
function changesOf({ target, files, digestsOf }: Looked, folder: string, list: FolderList): DvcChange[] {
  const changes: DvcChange[] = [];
  const seen = new Set<string>();
  for (const file of files) {
    const name = inProject(folder, file);
    const noted = list.get(name);
    seen.add(name);
    if (noted === undefined) changes.push({ path: name, how: 'added' });
    else if (noted !== digestsOf(file).md5) changes.push({ path: name, how: 'modified' });
  }
  const within = inProject(folder, target);
  for (const name of list.keys()) {
    if (seen.has(name) || !(within === '' || name === within || name.startsWith(`${within}/`))) continue;
    if (!existsSync(path.join(folder, name))) changes.push({ path: name, how: 'removed' });
  }
  return changes;
}

function changedBy(changes: DvcChange[]): Verdict {
  if (changes.length === 0) return { state: 'same' };
  return {
    state: 'changed',
    changed: changes.slice(0, MOST_CHANGES),
    ...(changes.length > MOST_CHANGES ? { changes: changes.length } : {}),
  };
}

/** DVC itself runs this program, as the stage that makes the output. */
function isUnderWay({ stage }: TrackedOutput, project: string): boolean {
  const { DVC_STAGE: running = '', DVC_ROOT: root } = process.env;
  return stage !== undefined && root === project && (running === stage || running.endsWith(`:${stage}`));
}
