import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import type { MountedView } from 'stemma-views';
import type { IShownView } from './shown-views';

/**
 * A widget that holds a view, which costs nothing while nobody sees it: `follow` when it appears, hidden when it goes.
 */
export abstract class ViewWidget extends Widget implements IShownView {
  abstract readonly view: MountedView | null;
  abstract readonly notebook: NotebookPanel | null;

  /** It may be on the screen now, or show something else. */
  protected abstract follow(): void;

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this.follow();
  }

  protected override onBeforeDetach(message: Message): void {
    super.onBeforeDetach(message);
    this.view?.hide();
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.follow();
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this.view?.hide();
  }
}
