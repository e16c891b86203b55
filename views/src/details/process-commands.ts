import type { CommandRun } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import { h } from '../elements/dom';
import { section } from '../elements/section';
import { whenChanged } from '../elements/when-changed';
import type { DetailsPart } from './process-subject';

/** Programs that a step ran: how they ended, and the end of what they printed. */
export const processCommands: DetailsPart = (host, context, { first, processes }) => {
  if (first.kind !== 'step') {
    return null;
  }
  const commands = (): CommandRun[] => processes().flatMap(({ execution }) => execution.commands ?? []);
  const list = h('div');
  const part = section(context.trans.__('Commands'), list);
  host.append(part);
  return whenChanged(
    () => JSON.stringify(commands()),
    () => {
      part.hidden = commands().length === 0;
      list.replaceChildren(...commands().flatMap((command) => commandElements(command, context)));
    },
  );
};

function commandElements(run: CommandRun, { durations, trans }: ViewContext): HTMLElement[] {
  const how =
    run.signal === undefined ? trans.__('exit code %1', String(run.exitCode)) : trans.__('ended by %1', run.signal);
  const line = h('p', 'stemma-Command', run.command.join(' '));
  line.append(h('span', 'stemma-Command-end', `${how}, ${durations.format(run.durationMs)}`));
  return run.output === undefined || run.output === '' ? [line] : [line, h('pre', 'stemma-Command-output', run.output)];
}
