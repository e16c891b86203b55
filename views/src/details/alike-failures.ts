import { formatCount, type Failure, type Process } from 'stemma-document';
import { copyButton } from '../elements/copy-button';
import type { ViewContext } from '../elements/context';
import { h } from '../elements/dom';
import type { AlikeProblems } from '../model/problems';
import { testCase } from '../model/test-case';
import { shortened } from './failure';
import { originButton } from './origin-link';

/** Failures of one message at one step: the message once, and a line for each item, which leads to its trace. */
export function alikeFailures(alike: AlikeProblems, process: Process | undefined, context: ViewContext): HTMLElement {
  const { trans } = context;
  const { kind, name, message, failures } = alike;
  const block = h('div', 'stemma-Failure');
  block.dataset['tone'] = kind === 'failed' ? 'error' : 'warn';
  const head = h('div', 'stemma-Failure-message', `${name}: ${shortened(message)}`);
  block.append(head);
  if (failures.length > 1) {
    head.append(h('span', 'stemma-Failure-count', ` × ${formatCount(failures.length)}`));
  }
  const items = failures.flatMap((failure) => itemLine(failure, context) ?? []);
  if (items.length > 0) {
    const list = h('ul', 'stemma-Failure-items');
    list.append(...items);
    block.append(list);
  }
  const [first] = failures;
  const copied = process && first && testCase(process, first);
  if (copied) {
    const copy = copyButton(trans.__('Copy as a test case'), () => copied, trans);
    copy.classList.add('stemma-Failure-copy');
    copy.title = trans.__('A test that calls the function of the step with this item');
    block.append(copy);
  }
  return block;
}

/** Which item it was, where it came from, and what it was. */
function itemLine({ index, origin, input }: Failure, context: ViewContext): HTMLElement | null {
  const { trans } = context;
  if (index === null && origin === null && input === null) {
    return null;
  }
  const line = h('li');
  // Each keeps its direction of writing to itself.
  if (index !== null) line.append(h('bdi', '', trans.__('item %1', index)));
  if (origin !== null) line.append(index === null ? '' : ' · ', originButton(origin, origin, context));
  if (input !== null) {
    const value = h('bdi', 'stemma-Failure-input', input);
    value.title = input;
    line.append(index === null && origin === null ? '' : ' · ', value);
  }
  return line;
}
