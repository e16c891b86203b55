import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jupyterEnvironment } from '../../scripts/support/jupyter-environment.mjs';
import { inVenv } from '../../scripts/support/paths.mjs';
import { command } from './command';

export interface Output {
  output_type: string;
  execution_count?: number | null;
  metadata?: object;
  text?: string[];
  data?: { [mime: string]: string[] | string };
}

/**
 * Runs a notebook with its own kernel in its own folder; fails with the kernel's words where a cell fails. Returns the
 * outputs by cell id.
 */
export async function executeNotebook(
  folder: string,
  name: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Map<string, Output[]>> {
  const { code, output } = await command(
    [inVenv('jupyter-nbconvert'), '--to', 'notebook', '--execute', '--output', 'executed.ipynb', name],
    { cwd: folder, env: { ...jupyterEnvironment(join(folder, '.jupyter')), ...env } },
  );
  if (code !== 0) throw new Error(`${name} failed:\n${output.slice(-3000)}`);
  const notebook = JSON.parse(readFileSync(join(folder, 'executed.ipynb'), 'utf8'));
  return new Map(notebook.cells.map((cell: { id: string; outputs?: Output[] }) => [cell.id, cell.outputs ?? []]));
}

/** What a cell showed, as plain text. */
export function textOf(outputs: Output[] | undefined): string {
  return (outputs ?? [])
    .map((output) => String([output.text ?? output.data?.['text/plain'] ?? ''].flat().join('')))
    .join('');
}
