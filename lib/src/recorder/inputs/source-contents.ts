import type { SourceContents } from 'stemma-document';
import { hashFiles } from './hash-files';

/** A document waits this long for hashes that are under way; terabytes take longer. */
const PATIENCE_MS = 5_000;

/** Hashes what the sources of a session read, once for each, from its first run on. */
export class SourceContentsRecorder<Source extends { files: SourceContents | null }> {
  readonly #asked = new WeakSet<Source>();
  readonly #underWay = new Set<Promise<void>>();

  /** `onKnown`: the record of a source has news. */
  constructor(private readonly onKnown: (source: Source) => void) {}

  begin(source: Source, files: readonly string[]): void {
    if (this.#asked.has(source) || files.length === 0) return;
    this.#asked.add(source);
    const work = hashFiles(files).then((contents) => {
      this.#underWay.delete(work);
      if (contents === null) return;
      source.files = contents;
      this.onKnown(source);
    });
    this.#underWay.add(work);
  }

  /** Once all that is under way is known, or it takes too long. */
  async settle(): Promise<void> {
    if (this.#underWay.size === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
    await Promise.race([Promise.all(this.#underWay), patience]);
    clearTimeout(timer);
  }
}
