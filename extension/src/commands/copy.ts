import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { copyText, type Picture, toPng } from 'stemma-views';

/** Copy a drawing of the graph, as text or as a picture, and tell the person where it is. */
export async function copyAs(draw: () => string | Picture, trans: TranslationBundle): Promise<void> {
  try {
    const drawing = draw();
    if (typeof drawing === 'string') {
      await copyText(drawing);
    }
    const place = typeof drawing === 'string' ? 'clipboard' : await copyPicture(drawing, 'provenance.png');
    const said = place === 'file' ? trans.__('Graph downloaded') : trans.__('Graph copied to the clipboard');
    Notification.success(said, { autoClose: 3000 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    Notification.error(trans.__('Could not copy the graph: %1', reason));
  }
}

/** Copy what a step is called. */
export async function copyName(name: string, trans: TranslationBundle): Promise<void> {
  await copyText(name);
  Notification.success(trans.__('Copied: %1', name), { autoClose: 3000 });
}

/** Copy a picture as PNG, at twice its size; where the browser does not allow it, into a file. Returns where it is. */
async function copyPicture(picture: Picture, fileName: string): Promise<'clipboard' | 'file'> {
  const blob = await toPng(picture);
  if ('clipboard' in navigator) {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
    return 'clipboard';
  }
  const link = document.createElement('a');
  link.download = fileName;
  link.href = URL.createObjectURL(blob);
  link.click();
  URL.revokeObjectURL(link.href);
  return 'file';
}
