import * as path from 'node:path';
import type { Shard } from 'stemma-document';

/** The name of the part that one of several processes writes: `data-00000-of-00002.csv.gz` of `data.csv.gz`. */
export function partName(file: string, shard: Shard | undefined): string {
  if (shard === undefined) return file;
  const [, stem, extension] = /^(.+?)((?:\.[A-Za-z]\w*){0,2})$/s.exec(path.basename(file))!;
  const [index, count] = [shard.index, shard.count].map((number) => String(number).padStart(5, '0'));
  const name = `${stem}-${index}-of-${count}${extension}`;
  return file.slice(0, file.length - path.basename(file).length) + name;
}
