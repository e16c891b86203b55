/** A session: what ran, where, in which cells, and how it ended. */
import type { Count, JsonValue, OtherWord } from './values';

/** One life of the recorder: of a kernel, or of a script. */
export interface SessionInfo {
  /** Unique to one life of the recorder (a kernel restart makes another). */
  id: string;
  startedAt: string;
  /** Path of the notebook or script, relative to its project, where it is known. */
  notebook: string | null;
  /** The part of the data that this session worked on, where it was given one. */
  shard?: Shard;
  /** The parameters that the pipeline module was given. */
  parameters?: { [name: string]: JsonValue };
  /** The seed of the whole program, from which each operation that was given none has its own. */
  seed?: number;
  /**
   * The command line, e.g. `['stemma', 'run', 'digits.ts', '--params', 'size=32']`; absent in notebooks. `…` stands for
   * what `provenance.settings.redact` hides, and for what has the name of a secret, at any depth.
   */
  command?: string[];
  /**
   * The files of the user's own code that were loaded: the program itself first, then what it imports by their paths.
   */
  files?: SourceFile[];
  /** Absent while it goes on, and from documents that were saved before its end. */
  end?: SessionEnd;
}

/** A file of the user's own code, outside of packages. The code of a notebook is in `cells`. */
export interface SourceFile extends FileHash {
  /** The script or module that was started; absent from those that it imports. */
  main?: true;
  /** Text of the main file, as far as the recorder's limits allow, and as `provenance.settings.redact` returns it. */
  source?: string;
  /** The text is longer. */
  truncated?: true;
  /** It was written after the session began: what ran before may have been another text. */
  changed?: true;
}

/**
 * `completed`: all that was asked for was done, or the kernel was shut down. `failed`: an error ended it.
 * `interrupted`: by Ctrl-C. `signal`: by another signal. `exited`: the program ended itself while runs went on, e.g. by
 * `process.exit`.
 */
export type KnownEnd = 'completed' | 'failed' | 'interrupted' | 'signal' | 'exited';

/** When a session ended, and how. */
export interface SessionEnd {
  endedAt: string;
  how: KnownEnd | OtherWord;
  /** Name of the signal, e.g. `SIGTERM`. */
  signal?: string;
  /** What the process returned to its caller, where it is known. */
  exitCode?: number;
}

/** Each `count`-th item, from the one at `index` on. */
export interface Shard {
  /** From 0. */
  index: number;
  count: Count;
}

/** An allowlist: no environment variables, no user names, home folders abbreviated to `~`. */
export interface Environment {
  stemma: string;
  node: string;
  platform: string;
  arch: string;
  osRelease: string;
  cpu: string;
  cores: number;
  memoryBytes: number;
  workingDirectory: string;
  /** Name and version of the packages that were really loaded, also in threads (decoders of images), sorted by name. */
  packages: { [name: string]: string };
  git: GitState | null;
  /**
   * The lock file of the package manager that is nearest to the program: which packages were installed. Absent where
   * there is none.
   */
  lockFile?: FileHash;
}

/** A file, known by its contents. */
export interface FileHash {
  /** From its project's folder on. */
  path: string;
  /** Of its bytes, in hexadecimal digits. */
  sha256: string;
}

/** The commit that a program is of. */
export interface GitState {
  commit: string;
  /**
   * Files of the repository were changed since the commit, or the program or notebook itself is not in the repository.
   */
  dirty: boolean;
  /** Address of the remote that the branch is pushed to, else of `origin`: without user names, passwords and tokens. */
  remote?: string;
  /** Path of the program or notebook in the repository. */
  path?: string;
}

/** One execution of a notebook cell. */
export interface CellRef {
  /** The front end's id of the cell; null where it sends none. */
  id: string | null;
  executionCount: Count;
}

/** An execution of a cell with the code that ran. */
export interface Cell extends CellRef {
  source: string;
  /** True once the same cell ran again: what this execution made is history. */
  superseded: boolean;
  /**
   * Top-level names that it declares, of values and types. Absent, with the following ones, where the host does not
   * tell.
   */
  declares?: string[];
  /** Top-level names of other cells that it refers to. */
  refers?: string[];
  /** Top-level names of other cells that it assigns to, or whose values it may change. */
  changes?: string[];
  /**
   * It has effects that no name tells of, such as an import of a module for its effect: later cells may depend on them.
   */
  hasEffects?: true;
}

/** How much of each kind is missing from the record. */
export interface Dropped {
  processes: Count;
  artifacts: Count;
  runs: Count;
  cells: Count;
  /** Parts of processes in runs, given up oldest runs first: see `Run.perProcess`. */
  processRuns?: Count;
  /** Samples given up because all of them together took too much memory. */
  samples?: Count;
  /** Files of the user's code beyond those listed in `session.files`. */
  files?: Count;
  /** What failed within the recorder, such as looks at items; the data went on untouched. */
  failures?: Count;
}
