import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Choices, Panel, ProvenanceModel } from 'stemma-views';
import type { actionIcon } from '../lab/icon';

/** What a command acts on: the view that had the focus last. */
export interface IViewTarget {
  readonly panel: Panel;
  readonly model: ProvenanceModel;
  /** The notebook that the cells are in; null where none is open. */
  readonly notebook: NotebookPanel | null;
  /** What the person chose for all views. */
  readonly choices: Readonly<Choices>;
  /** Change a choice, for good where there are settings. */
  choose(choices: Partial<Choices>): void;
}

/** Something that can be done in a view: an entry of the palette, of menus and of shortcuts. */
export interface IViewCommand {
  id: string;
  label(trans: TranslationBundle): string;
  icon: Parameters<typeof actionIcon>[0];
  execute(target: IViewTarget, trans: TranslationBundle): unknown;
  isToggled?(target: IViewTarget): boolean;
  /** Whether it is offered: an entry that could do nothing is not. */
  isOffered?(target: IViewTarget): boolean;
}
