/** An environment for Jupyter's programs in which nothing of the user's own Jupyter is read or written. */
import { join } from 'node:path';
import { stateFolder, venv } from './paths.mjs';

/**
 * @param {string} [folder] where JupyterLab keeps its settings, workspaces and runtime files
 * @returns {NodeJS.ProcessEnv}
 */
export function jupyterEnvironment(folder = join(stateFolder, 'jupyter')) {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (/^(JUPYTER|JUPYTERLAB|IPYTHON)_?/.test(name) || name === 'PYTHONHOME' || name === 'PYTHONPATH')
      delete env[name];
  }
  return {
    ...env,
    VIRTUAL_ENV: venv,
    JUPYTER_PREFER_ENV_PATH: '1',
    JUPYTER_CONFIG_DIR: join(folder, 'config'),
    JUPYTER_DATA_DIR: join(folder, 'data'),
    JUPYTER_RUNTIME_DIR: join(folder, 'runtime'),
    JUPYTERLAB_SETTINGS_DIR: join(folder, 'settings'),
    JUPYTERLAB_WORKSPACES_DIR: join(folder, 'workspaces'),
    IPYTHONDIR: join(folder, 'ipython'),
  };
}
