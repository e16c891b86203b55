import { visibleText } from 'stemma-document';
import { summarise } from '../model/summary';
import type { ViewContext } from '../elements/context';

/** One plain sentence on where the time of the current run goes: the recorder's, which alone decides what a bottleneck is. */
export function verdictText({ store, trans }: ViewContext): string {
  const verdict = summarise(store)?.run.verdict;
  return verdict ? visibleText(verdict) : trans.__('No timings yet.');
}
