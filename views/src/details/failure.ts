import type { Failure } from 'stemma-document';
import type { Translate } from '../elements/context';
import { h } from '../elements/dom';

/** A failure: what it was, and which item it was about. */
export function failureBlock(failure: Failure, trans: Translate, tone: 'error' | 'warn' = 'error'): HTMLElement {
  const block = h('div', 'stemma-Failure');
  block.dataset['tone'] = tone;
  block.append(h('div', 'stemma-Failure-message', `${failure.name}: ${shortened(failure.message)}`));
  const where = [
    failure.index === null ? '' : trans.__('item %1', failure.index),
    failure.origin ?? '',
    failure.input === null ? '' : trans.__('input %1', failure.input),
  ].filter((part) => part !== '');
  if (where.length > 0) {
    const line = h('div', 'stemma-Failure-where');
    // Each keeps its direction of writing to itself.
    line.append(...where.flatMap((part, i) => [i === 0 ? '' : ' · ', h('bdi', '', part)]));
    block.append(line);
  }
  return block;
}

/** Something that the recorder warns of. */
export function warningBlock(message: string): HTMLElement {
  const block = h('div', 'stemma-Failure');
  block.dataset['tone'] = 'warn';
  block.append(h('div', 'stemma-Failure-message', shortened(message)));
  return block;
}

/** As much of a message as anybody reads. */
const MESSAGE_LENGTH = 4000;

function shortened(message: string): string {
  return message.length > MESSAGE_LENGTH ? `${message.slice(0, MESSAGE_LENGTH)}…` : message;
}
