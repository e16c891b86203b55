import { Notification } from '@jupyterlab/apputils';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { exportDocument } from 'stemma-document';
import type { NotebookProvenance } from '../notebook/notebook-provenance';

/**
 * Write the whole document, samples included, in a format of `EXPORTERS` beside the notebook under its name, and tell
 * the person where it is. Returns the path of the first file, or null.
 */
export async function exportBeside(
  model: NotebookProvenance,
  format: string,
  contents: Contents.IManager,
  trans: TranslationBundle,
): Promise<string | null> {
  try {
    const document = await model.document();
    if (document === null) {
      Notification.warning(trans.__('Nothing to export: nothing has been recorded yet.'));
      return null;
    }
    const name = model.panel.context.path.replace(/\.[^./]+$/, '');
    const files = exportDocument(document, format, { name });
    for (const { path, content } of files) {
      await contents.save(path, { type: 'file', format: 'text', content });
    }
    const path = files[0]?.path ?? null;
    Notification.success(trans.__('Provenance exported to %1', path), { autoClose: 5000 });
    return path;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    Notification.error(trans.__('Could not export the provenance: %1', reason));
    return null;
  }
}
