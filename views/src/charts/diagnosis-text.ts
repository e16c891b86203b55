import { diagnosisOf, figuresOf, visibleText } from 'stemma-document';
import { summarise } from '../model/summary';
import type { ViewContext } from '../elements/context';

/**
 * One plain sentence on where the time of the chosen runs goes, by the rule of the document and from the figures that
 * the views show beside it. Where the sink is not here, the recorder's own sentence.
 */
export function diagnosisText({ store, trans }: ViewContext): string {
  const run = summarise(store)?.run;
  const sink = store.processes.get(run?.sink ?? '');
  const steps = run?.processes.flatMap((id) => (id === run.sink ? [] : (store.processes.get(id) ?? []))) ?? [];
  const diagnosis = sink ? diagnosisOf(figuresOf(sink), steps.map(figuresOf)) : run?.diagnosis;
  return diagnosis ? visibleText(diagnosis) : trans.__('No timings yet.');
}
