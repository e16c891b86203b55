import { visibleText } from 'stemma-document';
import { summarise } from '../model/summary';
import type { ViewContext } from '../elements/context';

/** One plain sentence on where the time of the current run goes: the recorder's, which alone decides what a bottleneck is. */
export function diagnosisText({ store, trans }: ViewContext): string {
  const diagnosis = summarise(store)?.run.diagnosis;
  return diagnosis ? visibleText(diagnosis) : trans.__('No timings yet.');
}
