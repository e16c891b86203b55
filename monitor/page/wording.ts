import { english, type Translate } from 'stemma-views';

/** What the views say of a kernel and a notebook, said of a program and its monitor. */
export const WORDING: { [text: string]: string } = {
  'Kernel busy for %2 with cell [%1]: what is shown is as old': 'Program busy for %2: what is shown is as old',
  'No connection to the kernel: JupyterLab tries again': 'No connection to the monitor: this page tries again',
  'No connection to the kernel': 'No connection to the monitor',
  'JupyterLab tries to connect again. What the kernel records meanwhile is not lost.':
    'This page tries to connect again. What the program records meanwhile is not lost.',
  'Waiting for the kernel’s first answer.': 'Waiting for the monitor’s first answer.',
  'The kernel closed the connection: %1': 'The monitor closed the connection: %1',
  'The kernel refused the connection': 'The monitor refused the connection',
  'Kernel and panel may be of different versions: update both.': 'Open the link that monitor.start() answered.',
  'The kernel has died: this is the last that it recorded':
    'The program has ended, or no longer reports: this is the last that it recorded',
  'Run a cell with a pipeline, and each of its steps appears here while it works. For example:':
    'Once the program runs a pipeline, each of its steps appears here while it works. For example:',
  notebook: 'program',
};

export const wording: Translate = {
  __: (text, ...args) => english.__(WORDING[text] ?? text, ...args),
  _n: (singular, plural, count, ...args) => english._n(singular, plural, count, ...args),
};
