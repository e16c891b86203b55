import { dedent } from 'stemma-document';
import { h } from '../elements/dom';
import { tokenize } from './tokenize';

/** Source code, quietly coloured. */
export function codeBlock(source: string): HTMLElement {
  const pre = h('pre', 'stemma-Code');
  const code = h('code');
  for (const token of tokenize(dedent(source))) {
    code.append(token.kind === 'plain' ? token.text : h('span', `stemma-Code-${token.kind}`, token.text));
  }
  pre.append(code);
  pre.tabIndex = 0;
  return pre;
}
