import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The CSS variables of a theme of the installed JupyterLab: `light`, `dark` or `dark-high-contrast`. */
export async function themeVariables(theme) {
  const root = fileURLToPath(new URL('../../.venv/share/jupyter/lab/themes/', import.meta.url));
  const folder = `${root}@jupyterlab/theme-${theme}-extension`;
  if (!existsSync(folder)) {
    throw new Error(`no theme "${theme}" in ${root}: ${readdirSync(root + '@jupyterlab').join(', ')}`);
  }
  return readFileSync(`${folder}/index.css`, 'utf8');
}
