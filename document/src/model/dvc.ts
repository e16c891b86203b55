/** What DVC, which keeps versions of data beside git, knows of files that were read or written. */
import type { Count, OtherWord } from './values';

/**
 * A file or folder in a project of DVC, as it was when it was read or written. Paths are from the project's folder on,
 * with slashes.
 */
export interface DvcFacts {
  /** The `.dvc` file, or the `dvc.lock` or `dvc.yaml`, that tracks it; absent where none does. */
  file?: string;
  /** What is tracked: itself, or a folder that it is in. Where nothing tracks it: itself. */
  path: string;
  /** Its place in `path`; empty where it is that itself. */
  within: string;
  /** The hash of `path` as DVC has noted it; absent where it has none. */
  md5?: string;
  /** Whether its contents are those that DVC has noted. `unknown`: see `reason`. */
  state: 'same' | 'changed' | 'untracked' | 'unknown' | OtherWord;
  /** The stage of a `dvc.yaml` that makes it. */
  stage?: string;
  /** Where it was imported from. */
  import?: DvcImport;
  /** The first files that differ. Absent where they are not known one by one. */
  changed?: DvcChange[];
  /** How many files differ, where `changed` has only the first. */
  changes?: Count;
  /** What else there is to say of the state, as a sentence without a full stop. */
  reason?: string;
}

/** The origin of what `dvc import` or `dvc import-url` brought. */
export interface DvcImport {
  /** Address of the repository, without secrets, or of the file. Absent where it may hold a secret. */
  url?: string;
  /** The path in the repository. */
  path?: string;
  /** The commit. */
  revision?: string;
}

/** A file that differs from what DVC has noted. */
export interface DvcChange {
  /** From the tracked folder on; of a single tracked file, its name. */
  path: string;
  how: 'modified' | 'added' | 'removed' | OtherWord;
}
