import type { Run } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import { h, type View } from '../elements/dom';
import { describeRun } from '../elements/run-name';
import { ALL, LATEST } from '../model/scoped-record';

/** More would be a list nobody reads. */
const SHOWN = 50;

/** Chooses of which runs all numbers are. Hidden while there is but one. */
export function runSelect(host: HTMLElement, { store, trans }: ViewContext): View {
  const select = h('select', 'stemma-RunSelect');
  select.setAttribute('aria-label', trans.__('Runs that all numbers are of'));
  select.addEventListener('change', () => (store.scope = select.value));
  host.append(select);
  let shown = '';
  const options = (runs: readonly Run[]): [value: string, text: string][] => [
    [LATEST, trans.__('Latest run')],
    ...runs.slice(0, SHOWN).map((run): [string, string] => [run.id, describeRun(run, store, trans)]),
    [ALL, trans.__('All %1 runs', runs.length)],
  ];
  return {
    update: () => {
      const runs = store.shownRuns;
      host.hidden = runs.length < 2;
      const wanted = options(runs);
      const key = JSON.stringify(wanted);
      if (key !== shown) {
        shown = key;
        select.replaceChildren(...wanted.map(([value, text]) => new Option(text, value)));
      }
      select.value = store.scope;
      select.title =
        store.scope === LATEST
          ? trans.__('All numbers are of the latest run; of steps that it does not reach, of the last that did')
          : trans.__('All numbers are of: %1', select.selectedOptions[0]?.text ?? '');
    },
    dispose: () => select.remove(),
  };
}
