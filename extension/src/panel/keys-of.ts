import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { KeyHelp } from 'stemma-views';

/** Our commands that have keys, as these are set now. */
export function keysOf(commands: JupyterFrontEnd['commands']): KeyHelp[] {
  return commands.keyBindings
    .filter(({ command }) => command.startsWith('jupyterlab-stemma:'))
    .map(({ command, args, keys }) => ({ keys: keys.flatMap(keysOnBoard), label: commands.label(command, args) }))
    .filter(({ label }) => label !== '');
}

/** The keys of one stroke, as they are called on the keyboard at hand. */
function keysOnBoard(stroke: string): string[] {
  const accel = /Mac/.test(navigator.platform) ? '⌘' : 'Ctrl';
  return stroke.split(' ').map((key) => (key === 'Accel' ? accel : key));
}
