import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import * as os from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Environment } from 'stemma-document';
import { gitState } from './git-state';
import { anonymousFolder } from './privacy';
import { VERSION } from '../util/version';
import { locate } from './project';

/**
 * The surroundings of a run, from an allowlist: no environment variables, no user names, and the home folder as `~`.
 * `hostPackages`: versions that only the host knows. `program`: the file whose repository is meant; without it the working folder's.
 */
export function describeEnvironment(
  hostPackages: Record<string, string> = {},
  program: string | null = null,
): Environment {
  return {
    stemma: VERSION,
    node: process.versions.node,
    platform: process.platform,
    arch: process.arch,
    osRelease: os.release(),
    cpu: known(() => os.cpus()[0]?.model.trim()) ?? 'unknown',
    cores: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    workingDirectory: known(() => anonymousFolder(process.cwd())) ?? 'unknown',
    packages: Object.fromEntries(
      Object.entries({ ...loadedPackages(), ...hostPackages }).sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    git: known(() => gitState(program === null ? null : locate(program))) ?? null,
  };
}

/** What cannot be looked up, as where too many files are open or the working folder is gone, must cost nobody the record. */
function known<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

/** Packages that were really loaded, with the versions found beside them. */
function loadedPackages(): Record<string, string> {
  const packages: Record<string, string> = {};
  const seen = new Set<string>();
  for (const file of loadedFiles()) {
    const found = /^(.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+))[\\/]/.exec(file);
    if (found === null || seen.has(found[1]!)) continue;
    seen.add(found[1]!);
    try {
      const { version } = JSON.parse(readFileSync(path.join(found[1]!, 'package.json'), 'utf8')) as {
        version?: unknown;
      };
      if (typeof version === 'string') packages[found[2]!.replace(/\\/g, '/')] = version;
    } catch {
      // A folder in node_modules without a package.json is no package.
    }
  }
  return packages;
}

/** The files of all modules, as V8 knows them: Node itself tells of CommonJS modules only. */
function loadedFiles(): Set<string> {
  const files = new Set(Object.keys(require.cache));
  try {
    const inspector = new Session();
    inspector.connect();
    inspector.on('Debugger.scriptParsed', ({ params: { url } }) => {
      if (url.startsWith('file:')) files.add(fileURLToPath(url));
    });
    inspector.post('Debugger.enable');
    inspector.post('Debugger.disable');
    inspector.disconnect();
  } catch {
    // A Node without an inspector.
  }
  return files;
}
