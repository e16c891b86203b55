import { processesOf } from '../graph/describe';
import type { DrawnNode } from '../graph/fold';
import { mergedTimesOf } from '../model/merged-times';
import type { ProvenanceStore } from '../model/store';
import type { TimeStatistics } from '../model/types';
import type { ViewContext } from './context';
import { h, type View } from './dom';
import { quantileStrip } from './quantile-strip';
import { rateChart } from './rate-chart';
import { section } from './section';

/** Of so many members the distributions come while they run; of more, once they have ended. */
const WATCHED = 16;

/** The times of all members of a node together, as of now. */
export interface MergedTimes {
  own: () => TimeStatistics | null;
  wait: () => TimeStatistics | null;
}

export function timesOfNode(node: DrawnNode, store: ProvenanceStore): MergedTimes {
  const of = (times: 'ownTime' | 'waitTime') =>
    mergedTimesOf(() => processesOf(node, store).flatMap(({ execution }) => execution[times] ?? []));
  return { own: of('ownTime'), wait: of('waitTime') };
}

/** How the times of a process are distributed, or those of all members of a fold together; of one process, too, how fast it was. */
export function timeSections(host: HTMLElement, context: ViewContext, node: DrawnNode, times: MergedTimes): View[] {
  const { store, trans, ui } = context;
  const strip = (title: string, of: keyof MergedTimes): View => {
    const body = h('div');
    host.append(section(title, body));
    return quantileStrip(body, context, times[of]);
  };
  if (node.members.length === 1) {
    const views = [strip(trans.__('Time per item'), 'own'), strip(trans.__('Waiting, each time'), 'wait')];
    const rates = h('div');
    host.append(section(trans.__('Items a second'), rates));
    return [...views, rateChart(rates, context, node.members[0]!)];
  }
  const outputs = processesOf(node, store).flatMap((process) => process.outputs);
  const release = outputs.length <= WATCHED ? ui.watch(outputs) : () => undefined;
  return [
    strip(trans.__('Time per item, all members together'), 'own'),
    strip(trans.__('Waiting, each time, all members together'), 'wait'),
    { update: () => undefined, dispose: release },
  ];
}
