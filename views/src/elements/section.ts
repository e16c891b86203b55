import { h } from './dom';

/** A titled part of the details. */
export function section(title: string, ...content: (Node | string)[]): HTMLElement {
  const element = h('section', 'stemma-Section');
  element.append(h('h3', 'stemma-Section-title', title), ...content);
  return element;
}

/** Names and values in two columns, the values of which change in place. */
export class FactList {
  readonly element = h('dl', 'stemma-Facts');

  /** Set a fact; null hides it. Facts stand in the order in which they were first set. */
  set(name: string, value: string | Node | null): void {
    let row = this._rows.get(name);
    if (!row) {
      row = { term: h('dt', '', name), value: h('dd') };
      this._rows.set(name, row);
      this.element.append(row.term, row.value);
    }
    row.term.hidden = row.value.hidden = value === null;
    if (typeof value === 'string') {
      if (row.value.textContent !== value) {
        row.value.textContent = value;
      }
    } else if (value && row.value.firstChild !== value) {
      row.value.replaceChildren(value);
    }
  }

  private readonly _rows = new Map<string, { term: HTMLElement; value: HTMLElement }>();
}

/** A button that looks like a link: to another node. */
export function linkButton(text: string, onClick: () => void): HTMLButtonElement {
  const button = h('button', 'stemma-Link', text);
  button.type = 'button';
  button.addEventListener('click', onClick);
  return button;
}
