import type { Node } from '../graph/node';
import type { Options } from '../graph/operation-options';
import { warn } from '../graph/warnings';
import { csvPlan, type CsvOptions } from './csv/csv-options';
import { readCsv } from './csv/read-csv';
import type { Files } from './files/files';
import { filesSourceNode } from './files/files-source-node';

export function fromCsv(files: Files, options?: Options<CsvOptions>): Node {
  const names = [files].flat();
  const plan = csvPlan(options, names.length > 0 && names.every(isTsv));
  const node: Node = filesSourceNode({
    kind: 'fromCsv',
    files,
    options: plan.given,
    recorded: plan.recorded,
    describe: (_, line) => `line ${line}`,
    read: (paths, rows) => readCsv(paths, rows, plan, (text) => warn(node, text)),
  });
  return node;
}

const isTsv = (file: unknown): boolean => typeof file === 'string' && /\.(?:tsv|tab)(?:\.gz)?$/i.test(file);
