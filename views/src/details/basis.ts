import { type Artifact, formatCount, statisticsBasis } from 'stemma-document';
import type { Translate, ViewContext } from '../elements/context';
import type { StreamFacts } from '../model/streams-together';

/** Of which items statistics of fields are, over `runs` runs. */
export function basisText(facts: StreamFacts, runs: number, trans: Translate): string {
  const basis = statisticsBasis(facts);
  if (basis === null) {
    return '';
  }
  const all = formatCount(basis.of);
  const text = basis.isAll
    ? trans.__('Statistics of all %1 items', all)
    : trans.__('Statistics of a sample of %1 of %2 items', formatCount(basis.items), all);
  return runs > 1 ? trans.__('%1, over %2 runs', text, runs) : text;
}

/** In how many runs the items of streams passed, at most. */
export function runsOf(artifacts: readonly Artifact[], { store }: ViewContext): number {
  const { processes } = store.recorded;
  return Math.max(0, ...artifacts.map(({ producer }) => processes.get(producer)?.execution.runs ?? 0));
}
