import { describeNode, type DrawnNode } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import { h } from '../elements/dom';
import { matchIcon } from '../elements/icons';
import { inParts } from '../elements/in-parts';
import { matchName } from '../elements/match-names';
import { linkButton } from '../elements/section';
import type { Comparison } from '../model/comparison';
import { differing } from './nav';

/** How many parts of a step are named that differ. */
const NAMED = 4;

/** All steps that differ, in the order of the graph, with what differs of each. */
export function differenceList(host: HTMLElement, context: ViewContext, comparison: Comparison): void {
  const { trans } = context;
  const nodes = differing(context, comparison);
  if (nodes.length === 0) {
    host.append(h('p', 'stemma-Hint', trans.__('No step differs: select one to see its counts and times.')));
    return;
  }
  const list = h('ol', 'stemma-DifferenceList');
  list.setAttribute('aria-label', trans.__('Steps that differ, in the order of the graph'));
  host.append(
    list,
    inParts(nodes, trans, (node) => list.append(entryOf(node, context, comparison))),
  );
}

function entryOf(node: DrawnNode, { store, trans, ui }: ViewContext, comparison: Comparison): HTMLElement {
  const face = describeNode(node, store);
  const match = comparison.matchOf(node);
  const entry = h('li');
  entry.dataset['match'] = match;
  const count = face && face.count > 1 ? ` ×${face.count}` : '';
  const text = h('span', 'stemma-DifferenceList-text');
  text.append(
    linkButton(`${face?.label ?? ''}${count}`, () => ui.select(node.id)),
    h('span', 'stemma-DifferenceList-what', [matchName(match, trans), ...namesOf(node, comparison)].join(': ')),
  );
  entry.append(matchIcon(match), text);
  return entry;
}

/** The paths of what differs in the definition and the inputs of the steps; nothing where only what they got does. */
function namesOf(node: DrawnNode, comparison: Comparison): string[] {
  const paths = comparison
    .pairsOf(node)
    .filter(({ match }) => match === 'changed')
    .flatMap(({ changes }) => changes)
    .filter(({ layer }) => layer === 'definition' || layer === 'inputs' || layer === 'output')
    .map(({ path }) => path);
  const names = [...new Set(paths)];
  return names.length === 0 ? [] : [[...names.slice(0, NAMED), ...(names.length > NAMED ? ['…'] : [])].join(', ')];
}
