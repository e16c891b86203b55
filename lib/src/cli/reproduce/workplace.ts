import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import * as path from 'node:path';
import { scan } from 'picomatch';
import type { ProvenanceDocument } from 'stemma-document';
import { projectFolder } from '../../recorder/environment/project';
import { withoutHome } from '../../recorder/privacy/privacy';
import { within } from '../../util/within';
import { CannotReproduce } from './cannot-reproduce';
import { linkFiles, type WantedLinks } from './link-files';

/** Files beside a project's code that decide how that is run. */
const PROJECT_FILES = ['package.json', 'package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock'];

/** A temporary folder in which a record is run once more: like its project's, with nothing in it but what it reads. */
export class Workplace {
  /** Sentences on what is not as it was recorded. */
  readonly notes: string[] = [];

  private constructor(
    /** All of it; it is removed at the end. */
    readonly root: string,
    /** The project that it stands for. */
    readonly project: string,
    /** Stands for the project's folder. */
    readonly mirror: string,
    /** The working folder. */
    readonly folder: string,
    /** Stands for the rest of the file system, for what is written there. */
    readonly outside: string,
    private readonly original: string,
  ) {}

  /** `project`: where packages and files of the user's own are; by default the recorded folder, else this one. */
  static async make(document: ProvenanceDocument, project: string | undefined): Promise<Workplace> {
    const original = await originalFolder(document, project);
    const found = projectFolder(original) ?? original;
    const root = await realpath(await mkdtemp(path.join(tmpdir(), 'stemma-reproduce-')));
    const depth = Math.max(0, ...relativeSources(document).map(({ path: file }) => file.split('..').length));
    const mirror = path.join(root, 'work', ...Array.from({ length: depth }, () => 'x'));
    const folder = path.join(mirror, path.relative(found, original));
    await mkdir(folder, { recursive: true });
    const place = new Workplace(root, found, mirror, folder, path.join(root, 'outside'), original);
    await place.#linkPackages();
    for (const name of PROJECT_FILES)
      if (existsSync(path.join(found, name))) await copyFile(path.join(found, name), path.join(mirror, name));
    return place;
  }

  remove(): Promise<void> {
    return rm(this.root, { recursive: true, force: true });
  }

  /** The packages that the project finds, from the same folders. */
  async #linkPackages(): Promise<void> {
    for (let at = this.original; ; at = path.dirname(at)) {
      const packages = path.join(at, 'node_modules');
      const way = within(this.project, at);
      const folder = way === null ? this.root : path.join(this.mirror, way);
      if (existsSync(packages)) await symlink(packages, path.join(folder, 'node_modules'));
      if ((existsSync(packages) && way === null) || path.dirname(at) === at) return;
    }
  }

  /**
   * Puts the user's own files in their places: as recorded where the record has their text, unless `current`, else as
   * they are now.
   */
  async addFiles({ session }: ProvenanceDocument, current: boolean): Promise<void> {
    for (const { path: name, sha256, main, source } of session.files ?? []) {
      const found = this.#find(name);
      const now = found === undefined ? null : await readFile(found);
      const isSame = now !== null && createHash('sha256').update(now).digest('hex') === sha256;
      const recorded = main === true && !(current && now !== null) ? source : undefined;
      if (now === null && recorded === undefined)
        throw new CannotReproduce(
          `it needs the file "${name}", of which it has only the hash, and which is not in "${this.project}"; ` +
            '--project names the folder of the project',
        );
      if (now !== null && !isSame)
        this.notes.push(
          `"${name}" has changed since: ${recorded === undefined ? 'it is run as it is now' : 'it is run as it was recorded'}`,
        );
      const target = this.placeOf(name);
      await mkdir(path.dirname(target), { recursive: true });
      // The record has the home folder as `~` in texts, too.
      const isText = recorded === undefined || (isSame && withoutHome(now.toString()) === recorded);
      await writeFile(target, isText ? now! : recorded);
    }
  }

  /** A file of the user's own, as it is now. */
  #find(name: string): string | undefined {
    return [path.join(this.project, name), path.join(this.original, name)].find(existsSync);
  }

  /** The place of a file of the user's own, such as the recorded module. */
  placeOf(name: string): string {
    return path.join(this.mirror, path.relative(this.project, this.#find(name) ?? path.join(this.project, name)));
  }

  /** Puts links to the files that sources name by relative paths into the same places; `moved` says where they are. */
  async addData(document: ProvenanceDocument, moved: Moved): Promise<void> {
    const named = moved.map(([before]) => ({ path: before, levels: Infinity, hidden: true }));
    for (const { path: recorded, ...wanted } of [...relativeSources(document), ...named].filter(isRelative)) {
      const found = movedTo(recorded, moved) ?? path.resolve(this.original, recorded);
      if (existsSync(found)) await linkFiles(found, path.resolve(this.folder, recorded), wanted);
    }
  }
}

/** Where the record was made, if that is on this machine; else the folder that was named, else this one. */
async function originalFolder(document: ProvenanceDocument, project: string | undefined): Promise<string> {
  if (project !== undefined) {
    const named = path.resolve(project);
    if (existsSync(named) && (await stat(named)).isDirectory()) return realpath(named);
    throw new CannotReproduce(`there is no folder "${project}", which --project names`);
  }
  const recorded = document.environment.workingDirectory.replace(/^~(?=[\\/]|$)/, homedir());
  return realpath(path.isAbsolute(recorded) && existsSync(recorded) ? recorded : process.cwd());
}

/** Folders and files as the record has them, and where they are now. */
export type Moved = readonly (readonly [recorded: string, now: string])[];

interface RelativeSource extends WantedLinks {
  path: string;
}

const isRelative = ({ path: file }: { path: string }): boolean => !path.isAbsolute(file) && !/^~[\\/]/.test(file);

/** What sources read whose paths depend on the working folder; of patterns the folder that they begin with. */
function relativeSources({ processes }: ProvenanceDocument): RelativeSource[] {
  const found = new Map<string, RelativeSource>();
  for (const { role, options } of processes) {
    if (role !== 'source') continue;
    const hidden = options.hidden === true;
    for (const file of [options.path ?? []].flat()) {
      if (typeof file !== 'string') continue;
      const { isGlob, base, glob } = scan(file);
      const levels = isGlob ? levelsOf(glob) : options.recursive === false ? 1 : Infinity;
      const source = { path: isGlob ? base || '.' : file, levels, hidden };
      const known = found.get(source.path);
      found.set(source.path, { ...source, levels: Math.max(levels, known?.levels ?? 0) });
    }
  }
  return [...found.values()].filter(isRelative);
}

const levelsOf = (glob: string): number => (glob.includes('**') ? Infinity : glob.split('/').length);

function movedTo(recorded: string, moved: Moved): string | null {
  for (const [before, now] of moved) {
    const way = within(before, recorded);
    if (way !== null) return path.join(now, way);
  }
  return null;
}
