import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// As built: what the runner itself compiles may not call `import()` from a cell.
import { Notebook } from '../../../../kernel-bridge/dist/cells/notebook.js';
import { SourceMaps } from '../../../../kernel-bridge/dist/compiler/source-maps.js';

/** What became of a cell: its value, the error that it threw, or why it does not compile. */
export type Outcome = { value: unknown } | { error: unknown } | { problems: string[] };

/** A notebook without a kernel around it. */
export class TestNotebook {
  readonly maps = new SourceMaps();
  readonly notebook: Notebook;
  #count = 0;

  constructor(readonly folder = mkdtempSync(join(tmpdir(), 'stemma-cells-'))) {
    const runCode = <T>(start: () => T): T => start();
    this.notebook = new Notebook({ cwd: folder, maps: this.maps, runCode, display: () => undefined });
    this.notebook.provide({ wait: (value: unknown) => value, each: (iterable: unknown) => iterable });
  }

  async run(source: string): Promise<Outcome> {
    try {
      const { value } = await this.notebook.execute(source, `cell-${++this.#count}.ts`);
      this.notebook.settle(true);
      return { value };
    } catch (error) {
      this.notebook.settle(false);
      const { problems } = error as { problems?: { message: string }[] };
      return problems === undefined ? { error } : { problems: problems.map(({ message }) => message) };
    }
  }

  /** The value of the last of some cells, all of which must run. */
  async value(...cells: string[]): Promise<unknown> {
    let value: unknown;
    for (const cell of cells) {
      const outcome = await this.run(cell);
      if ('error' in outcome) throw outcome.error;
      if ('problems' in outcome) throw new Error(`${cell}: ${outcome.problems.join('; ')}`);
      value = outcome.value;
    }
    return value;
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
