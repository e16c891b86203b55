/** Every place that the scripts know, absolute, so that they work from any working directory. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const windows = process.platform === 'win32';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @param {...string} parts */
export const inRoot = (...parts) => join(root, ...parts);

/** Tests of other versions of JupyterLab name another environment. */
export const venv = process.env.STEMMA_VENV ?? inRoot('.venv');

/**
 * A program of a Python environment.
 * @param {string} prefix
 * @param {string} name
 */
export const programIn = (prefix, name) => join(prefix, windows ? 'Scripts' : 'bin', windows ? `${name}.exe` : name);

/**
 * A program of `.venv`.
 * @param {string} name
 */
export const inVenv = (name) => programIn(venv, name);

/** What the scripts write, all of it: logs, stamps, JupyterLab's own state. Deleting it costs a slower start. */
export const stateFolder = inRoot('.stemma');

export const digitsFolder = inRoot('examples', 'data', 'digits');
export const labextension = inRoot('extension', 'jupyterlab_stemma', 'labextension');
