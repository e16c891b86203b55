import type { NotebookPanel } from '@jupyterlab/notebook';
import type { MountedView } from 'stemma-views';

/** A panel, the output of a cell, or a file: what commands may be about. */
export interface IShownView {
  readonly node: HTMLElement;
  readonly view: MountedView | null;
  /** The notebook that the cells are in; null where none is open. */
  readonly notebook: NotebookPanel | null;
}

/** Which view the commands are about: the one that had the focus or the pointer last. */
export class ShownViews {
  /** Opens the menu with everything else that can be done, where there is one. */
  openMenu: ((x: number, y: number) => void) | null = null;

  /** Null while it is the side panel. */
  get current(): IShownView | null {
    return this._current;
  }

  /** Follow the focus and the pointer in a view, until the returned function is called. */
  add(shown: IShownView): () => void {
    const choose = (): void => {
      this._current = shown;
    };
    shown.node.addEventListener('focusin', choose);
    shown.node.addEventListener('pointerdown', choose);
    return () => {
      shown.node.removeEventListener('focusin', choose);
      shown.node.removeEventListener('pointerdown', choose);
      if (this._current === shown) {
        this._current = null;
      }
    };
  }

  private _current: IShownView | null = null;
}
