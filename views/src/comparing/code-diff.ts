import { type CodeLine, diffCode } from 'stemma-document';
import type { Translate } from '../elements/context';
import { h } from '../elements/dom';

const SIGNS: { [kind in CodeLine['kind']]: string } = { same: '  ', added: '+ ', removed: '− ' };
const TAGS = { same: 'span', added: 'ins', removed: 'del' } as const;

/** Two sources of a function, line by line: what was removed and what was added is marked by a sign and a colour. */
export function codeDiff(a: string, b: string, trans: Translate): HTMLElement {
  const pre = h('pre', 'stemma-Code stemma-mod-diff');
  // It scrolls, so that the keyboard has to reach it.
  pre.tabIndex = 0;
  pre.setAttribute('role', 'group');
  pre.setAttribute('aria-label', trans.__('Code before and after, line by line'));
  const code = h('code');
  for (const { kind, text } of diffCode(a, b)) {
    const line = h(TAGS[kind], 'stemma-CodeLine', `${SIGNS[kind]}${text}\n`);
    line.dataset['kind'] = kind;
    code.append(line);
  }
  pre.append(code);
  return pre;
}
