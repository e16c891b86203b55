import { writeFileSync } from 'node:fs';

/** Writes a notebook with these cells. */
export function writeNotebook(file: string, cells: string[], kernel = 'stemma'): void {
  const language = kernel === 'stemma' ? 'typescript' : 'python';
  writeFileSync(
    file,
    JSON.stringify({
      cells: cells.map((source, index) => ({
        cell_type: 'code',
        execution_count: null,
        id: `cell-${index + 1}`,
        metadata: {},
        outputs: [],
        source,
      })),
      metadata: { kernelspec: { display_name: kernel, language, name: kernel }, language_info: { name: language } },
      nbformat: 4,
      nbformat_minor: 5,
    }),
  );
}

/** A cell that counts slowly enough to be looked at: about `seconds` long. */
export function slowCell(label: string, seconds: number): string {
  return `import { Dataset } from 'stemma';
await Dataset.range(${seconds * 100})
  .map(async (n) => { await new Promise((done) => setTimeout(done, 10)); return n; }, { identifier: '${label}', concurrency: 1 })
  .count();`;
}
