import { h } from '../elements/dom';

/** Something that the recorder warns of, or a hint. */
export function warningBlock(message: string, tone: 'warn' | 'hint' = 'warn'): HTMLElement {
  const block = h('div', 'stemma-Failure');
  block.dataset['tone'] = tone;
  block.append(h('div', 'stemma-Failure-message', shortened(message)));
  return block;
}

/** As much of a message as anybody reads. */
const MESSAGE_LENGTH = 4000;

/** A message, cut where it is very long. */
export function shortened(message: string): string {
  return message.length > MESSAGE_LENGTH ? `${message.slice(0, MESSAGE_LENGTH)}…` : message;
}
