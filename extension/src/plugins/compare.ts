import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, MainAreaWidget, Notification } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { ITranslator } from '@jupyterlab/translation';
import { documentOfRun } from 'stemma-document';
import { describeRun, type NamedDocument, type ProvenanceModel } from 'stemma-views';
import { CommandSet } from '../commands/command-set';
import { CommandIDs } from '../commands/ids';
import { chooseRecord } from '../comparing/choose-record';
import { chooseRuns } from '../comparing/choose-runs';
import { ComparedView } from '../comparing/compared-view';
import { IProvenance, IProvenancePanels } from '../host/tokens';
import { actionIcon } from '../lab/icon';

type Pair = readonly [before: NamedDocument, after: NamedDocument];

/** Shows two records as one graph: of two files, of a notebook and a file, of two runs. */
export const comparePlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-stemma:compare',
  description: 'Compares two provenance records.',
  autoStart: true,
  requires: [IProvenance, IProvenancePanels, IDocumentManager],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    provenance: IProvenance,
    panels: IProvenancePanels,
    documents: IDocumentManager,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
  ) => {
    const commands = new CommandSet(app, palette, translator);
    const { trans } = commands;
    const current = (): ProvenanceModel | null => {
      const model = panels.current.view?.model ?? null;
      return model === null || model.comparison !== null || model.store.isEmpty ? null : model;
    };
    /** Shows what was chosen; where it cannot be read or compared, says why. */
    const compare = async (choose: (model: ProvenanceModel) => Promise<Pair | null>): Promise<void> => {
      try {
        const model = current();
        const pair = model && (await choose(model));
        if (pair) {
          show(pair);
        }
      } catch (error) {
        Notification.error(trans.__('Could not compare: %1', error instanceof Error ? error.message : String(error)));
      }
    };
    const show = ([before, after]: Pair): void => {
      const { host } = provenance;
      const content = new ComparedView({
        before,
        after,
        translate: trans,
        preferences: host.preferences,
        actions: { openMenu: host.shown.openMenu },
      });
      content.disposed.connect(host.shown.add(content));
      const widget = new MainAreaWidget({ content });
      widget.title.label = trans.__('Comparison');
      widget.title.caption = `${before.name} → ${after.name}`;
      widget.title.icon = actionIcon('compare');
      app.shell.add(widget, 'main');
      app.shell.activateById(widget.id);
    };
    commands.add(CommandIDs.compareWith, {
      icon: actionIcon('compare'),
      label: trans.__('Compare with…'),
      caption: trans.__('Show this record and a saved one as one graph, with what differs'),
      isEnabled: () => current() !== null,
      execute: () =>
        compare(async (model) => {
          const other = await chooseRecord(documents, app.serviceManager.contents, translator ?? undefined, trans);
          const document = await model.document();
          return other && document && inTime(other, { name: nameOf(model), document });
        }),
    });
    commands.add(CommandIDs.compareRuns, {
      icon: actionIcon('compare'),
      label: trans.__('Compare Two Runs…'),
      caption: trans.__('Show two runs of this record as one graph, with what differs'),
      isEnabled: () => (current()?.store.shownRuns.length ?? 0) > 1,
      execute: () =>
        compare(async (model) => {
          const choice = await chooseRuns(model, trans);
          const document = await model.document();
          if (choice === null || document === null) {
            return null;
          }
          const [before, after] = choice.map((id): NamedDocument => {
            const run = model.store.runs.get(id);
            return { name: run ? describeRun(run, model.store, trans) : id, document: documentOfRun(document, id) };
          });
          return [before!, after!];
        }),
    });
  },
};

/** The one that was recorded first comes first. */
function inTime(one: NamedDocument, other: NamedDocument): Pair {
  return Date.parse(other.document.generatedAt) < Date.parse(one.document.generatedAt) ? [other, one] : [one, other];
}

/** The notebook or program that a record is of, and when it began. */
function nameOf({ store }: ProvenanceModel): string {
  const { notebook = null, startedAt = '' } = store.session ?? {};
  const started = new Date(startedAt).toLocaleString([], { hour12: false });
  return [notebook, started].filter(Boolean).join(' · ');
}
