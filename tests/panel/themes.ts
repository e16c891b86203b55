import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../../scripts/support/paths.mjs';

/** The CSS variables of a theme of the installed JupyterLab: `light`, `dark` or `dark-high-contrast`. */
export function themeVariables(theme: string): string {
  const root = inRoot('.venv', 'share', 'jupyter', 'lab', 'themes', '@jupyterlab');
  const folder = join(root, `theme-${theme}-extension`);
  if (!existsSync(folder)) throw new Error(`no theme "${theme}" in ${root}: ${readdirSync(root).join(', ')}`);
  return readFileSync(join(folder, 'index.css'), 'utf8');
}
