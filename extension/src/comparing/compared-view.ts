import {
  type Actions,
  comparedModel,
  h,
  mount,
  type MountedView,
  type MountOptions,
  type NamedDocument,
} from 'stemma-views';
import { ViewWidget } from '../host/view-widget';

/** What a {@link ComparedView} is made with. */
export interface IComparedOptions extends Pick<MountOptions, 'preferences' | 'translate'> {
  before: NamedDocument;
  after: NamedDocument;
  actions: Actions;
}

/** Two records as one graph. It costs nothing while nobody sees it. */
export class ComparedView extends ViewWidget {
  constructor({ before, after, ...options }: IComparedOptions) {
    super();
    this.addClass('stemma-ComparedView');
    const host = h('div');
    this.node.append(host);
    this._model = comparedModel(before, after);
    this.view = mount(host, { ...options, source: this._model });
  }

  readonly view: MountedView;
  /** The cells may be of two notebooks. */
  readonly notebook = null;

  override dispose(): void {
    if (!this.isDisposed) {
      this.view.dispose();
      this._model.dispose();
      super.dispose();
    }
  }

  protected override follow(): void {
    if (this.isVisible) {
      this.view.show();
    }
  }

  private readonly _model;
}
