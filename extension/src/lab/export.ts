import { Notification } from '@jupyterlab/apputils';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { NotebookProvenance } from './notebook-provenance';

/** Where the provenance of a notebook goes: beside it, under its name. */
export function exportPath(notebookPath: string): string {
  return `${notebookPath.replace(/\.[^./]+$/, '')}.provenance.json`;
}

/** Write the whole document, samples included, beside the notebook, and tell the person where it is. Answers the path, or null. */
export async function exportDocument(
  model: NotebookProvenance,
  contents: Contents.IManager,
  trans: TranslationBundle,
): Promise<string | null> {
  try {
    const document = await model.document();
    if (document === null) {
      Notification.warning(trans.__('Nothing to export: nothing has been recorded yet.'));
      return null;
    }
    const path = exportPath(model.panel.context.path);
    const content = `${JSON.stringify(document, null, 2)}\n`;
    await contents.save(path, { type: 'file', format: 'text', content });
    Notification.success(trans.__('Provenance exported to %1', path), { autoClose: 5000 });
    return path;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    Notification.error(trans.__('Could not export the provenance: %1', reason));
    return null;
  }
}
