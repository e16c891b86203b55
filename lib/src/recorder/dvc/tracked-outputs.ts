import { existsSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import type { DvcImport } from 'stemma-document';
import { publicRemote } from '../privacy/remote-url';
import { type Members, objectOf, objectsOf, readYaml, textOf } from './read-yaml';

/** A file or folder that DVC tracks. Paths are absolute. */
export interface TrackedOutput {
  /** The file of DVC that has it. */
  file: string;
  path: string;
  /** Undefined where its stage has never run. */
  md5?: string;
  /** DVC 2 wrote it, whose hash of a text does not know how its lines end. */
  isLegacy: boolean;
  stage?: string;
  import?: DvcImport;
  /** Of a remote with versions of its own: what is in the folder. */
  entries?: Members[];
}

/** What the files of DVC in one folder track, and those of them that cannot be read, with the reason. */
export function outputsIn(folder: string): { outputs: TrackedOutput[]; broken: [file: string, reason: string][] } {
  const outputs: TrackedOutput[] = [];
  const broken: [string, string][] = [];
  const add = (file: string, read: () => TrackedOutput[]): void => {
    try {
      outputs.push(...read());
    } catch (error) {
      broken.push([file, (error as Error).message.split('\n')[0]!]);
    }
  };
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    if (name.endsWith('.dvc') && name !== '.dvc') add(file, () => outputsOfFile(file));
    if (name === 'dvc.yaml') add(file, () => outputsOfStages(file));
  }
  return { outputs, broken };
}

function outputsOfFile(file: string): TrackedOutput[] {
  const { wdir, outs, deps, cmd } = readYaml(file);
  const folder = path.resolve(path.dirname(file), textOf(wdir) ?? '.');
  const origin = cmd === undefined ? importOf(objectsOf(deps)[0]) : undefined;
  return objectsOf(outs).flatMap((out) => {
    const output = outputOf(out, file, folder);
    return output === null ? [] : [{ ...output, ...(origin === undefined ? {} : { import: origin }) }];
  });
}

/** What `dvc.lock` has noted of the stages of a `dvc.yaml`, and what those make that have never run. */
function outputsOfStages(file: string): TrackedOutput[] {
  const stages = objectOf(readYaml(file).stages);
  const lock = path.join(path.dirname(file), 'dvc.lock');
  const locked = objectOf(existsSync(lock) ? readYaml(lock).stages : undefined);
  const folderOf = (stage: string): string =>
    path.resolve(path.dirname(file), textOf(definitionOf(stage, stages).wdir) ?? '.');
  const noted = Object.entries(locked).flatMap(([stage, entry]) =>
    Object.hasOwn(stages, stage.split('@')[0]!)
      ? objectsOf(objectOf(entry).outs).flatMap((out) => outputOf(out, lock, folderOf(stage), stage) ?? [])
      : [],
  );
  const planned = Object.keys(stages)
    .filter((stage) => !Object.hasOwn(locked, stage))
    .flatMap((stage) =>
      pathsOf(definitionOf(stage, stages)).flatMap(
        (given) => outputOf({ path: given }, file, folderOf(stage), stage) ?? [],
      ),
    );
  return [...planned, ...noted];
}

/** Of one stage or, for `train@small`, of all that its `foreach` or `matrix` makes. */
function definitionOf(stage: string, stages: Members): Members {
  const definition = objectOf(stages[stage] ?? stages[stage.split('@')[0]!]);
  return { ...definition, ...objectOf(definition.do) };
}

/** Those with a `${…}` are known once DVC has filled it in. */
function pathsOf({ outs, metrics, plots }: Members): string[] {
  const all = [outs, metrics, plots].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
  const names = all.flatMap((one) => (typeof one === 'string' ? one : Object.keys(objectOf(one))));
  return names.filter((name) => !name.includes('${'));
}

function outputOf(out: Members, file: string, folder: string, stage?: string): TrackedOutput | null {
  const given = textOf(out.path);
  if (given === undefined) return null;
  const md5 = textOf(out.md5);
  return {
    file,
    path: path.resolve(folder, given),
    isLegacy: md5 !== undefined && out.hash === undefined,
    ...(md5 === undefined ? {} : { md5 }),
    ...(stage === undefined ? {} : { stage }),
    ...(Array.isArray(out.files) ? { entries: objectsOf(out.files) } : {}),
  };
}

/** Of the dependency of a `.dvc` file without a command: only what was imported has one. */
function importOf(dependency: Members | undefined): DvcImport | undefined {
  if (dependency === undefined) return undefined;
  const repository = objectOf(dependency.repo);
  const within = textOf(dependency.path);
  const address = textOf(repository.url) ?? within;
  const url = address === undefined ? null : publicRemote(address);
  const revision = textOf(repository.rev_lock);
  return {
    ...(url === null ? {} : { url }),
    ...(within === undefined || within === address ? {} : { path: within }),
    ...(revision === undefined ? {} : { revision }),
  };
}
