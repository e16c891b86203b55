import { type DrawnNode, formatCount, processesOf } from 'stemma-document';
import type { TimesTogether } from '../model/times-together';
import { combine } from '../elements/combine';
import type { ViewContext } from '../elements/context';
import { h, setHidden, setText, type View } from '../elements/dom';
import { quantileStrip } from '../charts/quantile-strip';
import { WATCHED } from './samples';
import { section } from '../elements/section';
import type { DetailsPart } from './process-subject';

/** More kinds are not named. */
const KINDS_SHOWN = 5;

/**
 * The distributions of self, await and wait times, hidden while nothing is known. The members of a group are
 * watched for it.
 */
export const timeSections: DetailsPart = (host, context, { node, processes, selfTimes, awaitTimes, waitTimes }) => {
  const { trans, ui } = context;
  const streams = processes().flatMap((process) => process.outputs);
  const release = ui.watch(streams.slice(0, WATCHED));
  const part = (title: string, together: () => TimesTogether): View => {
    const strip = h('div');
    const note = h('p', 'stemma-Hint');
    host.append(section(title, strip, note));
    const drawing = quantileStrip(strip, context, () => together().times);
    return {
      update: () => {
        const text = groupNote(together(), node, context);
        setText(note, text);
        setHidden(note, text === '');
        drawing.update();
      },
      dispose: drawing.dispose,
    };
  };
  return combine([
    part(trans.__('Self time per item, all runs'), selfTimes),
    part(trans.__('Await time per item, all runs'), awaitTimes),
    part(trans.__('Wait time per input, all runs'), waitTimes),
    { update: () => undefined, dispose: release },
  ]);
};

/** What the distribution of a group is of; a process alone needs no word. */
function groupNote({ of, missing }: TimesTogether, node: DrawnNode, { store, trans }: ViewContext): string {
  const members = processesOf(node, store).length;
  if (members === 1) {
    return '';
  }
  const kinds = [...new Set(of.map(({ kind }) => kind))];
  const named = [...kinds.slice(0, KINDS_SHOWN), ...(kinds.length > KINDS_SHOWN ? ['…'] : [])].join(', ');
  const sentences = [
    of.length === members
      ? trans.__('All %1 steps of the group together.', formatCount(members))
      : trans.__('%1 of the %2 steps of the group.', formatCount(of.length), formatCount(members)),
  ];
  if (missing > 0 && store.connection.state === 'live') {
    sentences.push(trans.__('%1 more are added once they have finished.', formatCount(missing)));
  }
  if (kinds.length > 1) {
    sentences.push(trans.__('Kinds: %1.', named));
  }
  if (node.group !== 'siblings') {
    sentences.push(trans.__('An item counts once per step.'));
  }
  return sentences.join(' ');
}
