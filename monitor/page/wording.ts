import { english, type Translate } from 'stemma-views';

/** What the views say of a kernel and a notebook, said of a program and its monitor. */
export const WORDING: { [text: string]: string } = {
  'Kernel busy with cell [%1]: no updates for %2': 'Program busy: no updates for %2',
  'No connection to the kernel: JupyterLab is reconnecting': 'No connection to the monitor: this page is reconnecting',
  'No connection to the kernel': 'No connection to the monitor',
  'JupyterLab is reconnecting. What the kernel records in the meantime is not lost.':
    'This page is reconnecting. What the program records in the meantime is not lost.',
  'Waiting for the kernel’s first reply.': 'Waiting for the monitor’s first reply.',
  'The kernel closed the connection: %1': 'The monitor closed the connection: %1',
  'The kernel refused the connection': 'The monitor refused the connection',
  'The kernel and the panel may be different versions: update both.': 'Open the link that monitor.start() returned.',
  'The kernel has died: showing what it recorded last':
    'The program has ended or stopped reporting: showing what it recorded last',
  'Run a cell with a pipeline, and each step appears here while it runs. For example:':
    'Once the program runs a pipeline, each step appears here while it runs. For example:',
  notebook: 'program',
};

export const wording: Translate = {
  __: (text, ...args) => english.__(WORDING[text] ?? text, ...args),
  _n: (singular, plural, count, ...args) => english._n(singular, plural, count, ...args),
};
