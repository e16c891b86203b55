import { h, setText } from './dom';

/** Colours a figure that should worry. */
export type Tone = 'plain' | 'warn' | 'error';

/** Figures in fixed columns, each with its name below. They are updated in place and never move. */
export class FigureGrid {
  readonly element = h('div', 'stemma-Figures');

  /** Set a figure; it is added the first time, with what its name means. */
  set(name: string, value: string, tone: Tone = 'plain', meaning = ''): void {
    let node = this._values.get(name);
    if (!node) {
      node = h('div', 'stemma-Figure-value');
      const box = h('div', 'stemma-Figure');
      box.title = meaning;
      box.append(node, h('div', 'stemma-Figure-name', name));
      this.element.append(box);
      this._values.set(name, node);
    }
    setText(node, value);
    node.dataset['tone'] = tone;
  }

  private readonly _values = new Map<string, HTMLElement>();
}
