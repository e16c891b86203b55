import type { IDocumentManager } from '@jupyterlab/docmanager';
import { FileDialog } from '@jupyterlab/filebrowser';
import type { Contents } from '@jupyterlab/services';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import { parseNamed } from 'stemma-document';
import type { NamedDocument } from 'stemma-views';

/**
 * Lets a person choose a saved record among JupyterLab's files, and reads it; null where none was chosen. Throws a
 * `DocumentError` where the file holds no record.
 */
export async function chooseRecord(
  manager: IDocumentManager,
  contents: Contents.IManager,
  translator: ITranslator | undefined,
  trans: TranslationBundle,
): Promise<NamedDocument | null> {
  const { value } = await FileDialog.getOpenFiles({
    manager,
    ...(translator && { translator }),
    title: trans.__('Compare with a saved record'),
    filter: ({ type, name }) => (type === 'directory' || name.endsWith('.json') ? {} : null),
  });
  const chosen = value?.find(({ type }) => type !== 'directory');
  return chosen === undefined ? null : readRecord(chosen.path, contents);
}

async function readRecord(path: string, contents: Contents.IManager): Promise<NamedDocument> {
  const { content } = await contents.get(path, { type: 'file', format: 'text', content: true });
  const name = path.split('/').at(-1) ?? path;
  return { name, document: parseNamed(String(content), name) };
}
