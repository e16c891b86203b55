import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import type { SourceFile } from 'stemma-document';
import { isOwnFile } from '../../util/own-frames';
import { projectPath } from './project';
import { shownText } from '../privacy/redact';
import type { RecorderSettings } from '../settings/settings';

/** Larger files are data rather than source code. */
const MOST_BYTES = 16 * 1024 ** 2;

/** A file as it was read. */
interface Read {
  mtimeMs: number;
  size: number;
  path: string;
  sha256: string;
}

/**
 * The files of the user's own code that a session has loaded. Each is read once, and again when it was written since.
 */
export class SourceFiles {
  readonly #read = new Map<string, Read>();

  constructor(
    private readonly settings: RecorderSettings,
    private readonly startedMs: number,
  ) {}

  /** `main`: the program, null in a notebook; `loaded`: the files of all modules. */
  list(main: string | null, loaded: Iterable<string>): { files: SourceFile[]; dropped: number } {
    const imported = [...loaded].filter((file) => file !== main && path.isAbsolute(file) && isOwnFile(file)).sort();
    const all = [...(main === null ? [] : [main]), ...imported];
    const { files: most } = this.settings.limits;
    const files = all.slice(0, most).flatMap((file) => this.#describe(file, file === main) ?? []);
    return { files, dropped: Math.max(0, all.length - most) };
  }

  /** Null where there is no such file, as of code that was made in memory. */
  #describe(file: string, isMain: boolean): SourceFile | null {
    try {
      const stats = statSync(file);
      // Nobody may ever write to a FIFO, and a device may have no end.
      if (!stats.isFile() || stats.size > MOST_BYTES) return null;
      const { mtimeMs, size } = stats;
      const known = this.#read.get(file);
      const isKnown = known?.mtimeMs === mtimeMs && known.size === size;
      const bytes = isKnown && !isMain ? null : readFileSync(file);
      const sha256 = bytes === null ? known!.sha256 : createHash('sha256').update(bytes).digest('hex');
      const read = { mtimeMs, size, path: known?.path ?? projectPath(file), sha256 };
      this.#read.set(file, read);
      return {
        path: read.path,
        sha256,
        ...(isMain ? { main: true, ...this.#textOf(read.path, bytes!.toString()) } : {}),
        ...(mtimeMs > this.startedMs ? { changed: true } : {}),
      };
    } catch {
      return null;
    }
  }

  #textOf(name: string, text: string): Pick<SourceFile, 'source' | 'truncated'> {
    const shown = shownText(name, text, this.settings.redact);
    const { sourceText: most } = this.settings.limits;
    if (shown === null || most === 0) return {};
    return { source: shown.slice(0, most), ...(shown.length > most ? { truncated: true } : {}) };
  }
}
