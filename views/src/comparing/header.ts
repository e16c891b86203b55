import type { ViewContext } from '../elements/context';
import { h, setText, type View } from '../elements/dom';
import { matchIcon } from '../elements/icons';
import { matchMeaning, matchName } from '../elements/match-names';
import { type Comparison, MATCHES } from '../model/comparison';

/** The head of a comparison: which two records, how many steps have which mark, and what the three hashes say. */
export function comparedHeader(
  host: HTMLElement,
  context: ViewContext,
  toolbar: HTMLElement,
  comparison: Comparison,
): View {
  const { trans } = context;
  const title = h('div', 'stemma-Header-title');
  const names = h('div', 'stemma-Compare-names');
  names.append(
    h('span', 'stemma-Compare-name', comparison.before),
    h('span', 'stemma-Compare-to', ' → '),
    h('span', 'stemma-Compare-name', comparison.after),
  );
  names.title = trans.__('Before: %1. After: %2', comparison.before, comparison.after);
  title.append(h('span', 'stemma-Header-state', trans.__('Comparison')), toolbar);
  const marks = h('div', 'stemma-Compare-marks');
  marks.setAttribute('role', 'group');
  marks.setAttribute('aria-label', trans.__('Steps by how they compare; press one to go to the next such step'));
  for (const match of MATCHES) {
    const count = comparison.diff.pairs.filter((pair) => pair.match === match).length;
    const button = h('button', 'stemma-Compare-mark');
    button.type = 'button';
    button.disabled = count === 0;
    button.dataset['match'] = match;
    button.title = matchMeaning(match, trans);
    button.append(matchIcon(match), `${count} ${matchName(match, trans)}`);
    button.addEventListener('click', () => selectNext(match, context, comparison));
    marks.append(button);
  }
  const verdicts = h('p', 'stemma-Compare-verdicts', verdictText(comparison, context));
  host.classList.add('stemma-Header', 'stemma-mod-compared');
  host.append(title, names, marks, verdicts);
  return {
    update: () => setText(verdicts, verdictText(comparison, context)),
    dispose: () => host.replaceChildren(),
  };
}

/** From what is selected on, and from the start again. */
function selectNext(
  match: Comparison['diff']['pairs'][number]['match'],
  context: ViewContext,
  comparison: Comparison,
): void {
  const { graph, ui } = context;
  const nodes = graph.nodes.filter((node) => node.type === 'process');
  const at = nodes.findIndex(({ id }) => id === ui.selected) + 1;
  const found = [...nodes.slice(at), ...nodes.slice(0, at)].find((node) =>
    comparison.pairsOf(node).some((pair) => pair.match === match),
  );
  ui.select(found?.id ?? null);
}

/** Three sentences, and never one word for the three. */
function verdictText({ diff }: Comparison, { trans }: ViewContext): string {
  return [
    diff.sameDefinition ? trans.__('The definition is the same.') : trans.__('The definition differs.'),
    diff.sameInputs === null
      ? trans.__('Whether the inputs are the same is not known.')
      : diff.sameInputs
        ? trans.__('The inputs are the same, as far as they are known.')
        : trans.__('The inputs differ.'),
    diff.sameOutput === null
      ? trans.__('Whether the output is the same is not known.')
      : diff.sameOutput
        ? trans.__('The output is the same.')
        : trans.__('The output differs.'),
  ].join(' ');
}
