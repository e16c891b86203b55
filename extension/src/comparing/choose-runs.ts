import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { h, type ProvenanceModel, describeRun } from 'stemma-views';

/** The ids of two runs, in the order in which they are compared. */
export type RunChoice = readonly [before: string, after: string];

/** Lets a person choose two runs of a record: at first the last one and the one before. Null where none were chosen. */
export async function chooseRuns({ store }: ProvenanceModel, trans: TranslationBundle): Promise<RunChoice | null> {
  const body = new RunsBody(
    store.shownRuns.map((run) => [run.id, describeRun(run, store, trans)] as const),
    trans,
  );
  const { button, value } = await showDialog({
    title: trans.__('Compare two runs'),
    body,
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Compare') })],
  });
  return button.accept ? value : null;
}

/** Two lists of runs, the newest first. */
class RunsBody extends Widget implements Dialog.IBodyWidget<RunChoice> {
  constructor(runs: readonly (readonly [id: string, text: string])[], trans: TranslationBundle) {
    super();
    const select = (name: string, chosen: number): HTMLSelectElement => {
      const label = h('label', '', name);
      const element = h('select', 'jp-mod-styled');
      element.append(...runs.map(([id, text]) => new Option(text, id)));
      element.selectedIndex = Math.min(chosen, runs.length - 1);
      label.append(element);
      this.node.append(label);
      return element;
    };
    this._before = select(trans.__('Before'), 1);
    this._after = select(trans.__('After'), 0);
  }

  getValue(): RunChoice {
    return [this._before.value, this._after.value];
  }

  private readonly _before: HTMLSelectElement;
  private readonly _after: HTMLSelectElement;
}
