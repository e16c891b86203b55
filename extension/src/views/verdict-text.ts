import { formatDuration } from '../format/duration';
import { formatShare } from '../format/number';
import { printable } from '../model/printable';
import { summarise } from '../model/summary';
import { timeBars } from '../model/times';
import { verdict } from '../model/verdict';
import type { ViewContext } from './context';

/** One plain sentence on where the time goes: the recorder's own on the current run, where it has one. */
export function verdictText(context: ViewContext): string {
  const { graph, store, trans } = context;
  const own = summarise(store)?.run.verdict;
  if (own) {
    return printable(own);
  }
  const sinks = new Set(
    graph.nodes.filter((node) => store.processes.get(node.members[0] ?? '')?.role === 'sink').map((node) => node.id),
  );
  const answer = verdict(timeBars(graph.nodes, store), sinks);
  switch (answer.kind) {
    case 'unknown':
      return trans.__('Nothing has been timed yet.');
    case 'consumer':
      return trans.__(
        'The code of “%1” takes %2 of the time: the pipeline keeps up with it.',
        answer.bar.label,
        formatShare(answer.bar.share),
      );
    case 'bottleneck':
      return trans.__(
        'The bottleneck is “%1”: %2 of the time, %3 per item.',
        answer.bar.label,
        formatShare(answer.bar.share),
        formatDuration(answer.bar.meanMs),
      );
    case 'balanced':
      return trans.__(
        'No single step dominates. The slowest, “%1”, takes %2 of the time.',
        answer.bar.label,
        formatShare(answer.bar.share),
      );
  }
}
