import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DvcFacts } from 'stemma';
import { dvcFacts } from '../../../../lib/src/recorder/dvc/dvc-facts';
import { filesOf } from '../../../../lib/src/recorder/dvc/folder-list';
import { type Digests, FileHash } from '../../../../lib/src/util/file-hash';
import { folderDigests } from '../../../../lib/src/util/folder-digest';

const digestsOf = (file: string): Digests => new FileHash().update(readFileSync(file)).digests();

/** A project as `dvc` leaves it on the disk; without the program. */
export class DvcProject {
  constructor(readonly folder: string) {
    this.write({ '.dvc/config': '' });
  }

  at(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  write(files: { [path: string]: string }): this {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(this.at(path)), { recursive: true });
      writeFileSync(this.at(path), text);
    }
    return this;
  }

  md5(path: string): string {
    const files = filesOf(this.at(path));
    if (files[0] === this.at(path)) return digestsOf(files[0]).md5;
    return folderDigests(files.map((file) => ({ path: file.slice(this.at(path).length + 1), ...digestsOf(file) }))).md5;
  }

  /** As `dvc add` does; without a cache, as where nobody has pulled. `more`: of the file, after its output. */
  add(path: string, { cache = '.dvc/cache', more = '' }: { cache?: string | null; more?: string } = {}): this {
    const md5 = this.md5(path);
    const name = path.split('/').at(-1)!;
    this.write({ [`${path}.dvc`]: `outs:\n- md5: ${md5}\n  hash: md5\n  path: ${name}\n${more}` });
    if (cache === null || !md5.endsWith('.dir')) return this;
    const list = filesOf(this.at(path)).map((file) => ({
      md5: digestsOf(file).md5,
      relpath: file.slice(this.at(path).length + 1),
    }));
    return this.write({ [`${cache}/files/md5/${md5.slice(0, 2)}/${md5.slice(2)}`]: JSON.stringify(list) });
  }

  /** Of all files of a folder, or of those that are named. */
  facts(target: string, names?: string[]): DvcFacts | undefined {
    const files = names?.map((name) => this.at(target, name)) ?? filesOf(this.at(target));
    return dvcFacts({ target: this.at(target), files, md5: this.md5(target), digestsOf });
  }
}
