import * as path from 'node:path';
import type { SourceContents, WrittenFile } from 'stemma-document';
import { dvcProject } from '../dvc/project';
import { dvcOf, hashFiles } from './hash-files';

/** A document waits this long for hashes that are under way; terabytes take longer. */
const PATIENCE_MS = 5_000;

/** Hashes what the sources of a session read, once for each from its first run on; asks what DVC knows of files. */
export class FileFacts<Source extends { files: SourceContents | null }> {
  readonly #asked = new WeakSet<Source>();
  readonly #underWay = new Set<Promise<void>>();

  /** `onKnown`: the record of a source has news. */
  constructor(private readonly onKnown: (source: Source) => void) {}

  begin(source: Source, files: readonly string[], given?: string): void {
    if (this.#asked.has(source) || (files.length === 0 && given === undefined)) return;
    this.#asked.add(source);
    this.#follow(hashFiles(files, given), (contents) => {
      if (contents === null) return;
      source.files = contents;
      this.onKnown(source);
    });
  }

  /** `onKnown` gets the file with what DVC knows of it; is not called where it is in no project of DVC. */
  beginWritten(file: WrittenFile, onKnown: (file: WrittenFile) => void): void {
    if (dvcProject(path.resolve(file.path)) === null) return;
    this.#follow(dvcOf(file), (dvc) => {
      if (dvc !== undefined) onKnown({ ...file, dvc });
    });
  }

  /** Once all that is under way is known, or it takes too long. */
  async settle(): Promise<void> {
    if (this.#underWay.size === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
    await Promise.race([Promise.all(this.#underWay), patience]);
    clearTimeout(timer);
  }

  #follow<T>(asked: Promise<T>, then: (known: T) => void): void {
    const work = asked.then((known) => {
      this.#underWay.delete(work);
      then(known);
    });
    this.#underWay.add(work);
  }
}
