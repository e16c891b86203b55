import { Clipboard } from '@jupyterlab/apputils';
import { type Picture, toPng } from 'stemma-views';

/** Put text on the clipboard. Browsers have the newer way, which needs no selection, on secure pages alone: not over plain http from another machine. */
export async function copyText(text: string): Promise<void> {
  if ('clipboard' in navigator) {
    await navigator.clipboard.writeText(text);
  } else {
    Clipboard.copyToSystem(text);
  }
}

/** Put a picture on the clipboard as PNG, at twice its size; where the browser does not allow it, into a file. Answers where it is. */
export async function copyPicture(picture: Picture, fileName: string): Promise<'clipboard' | 'file'> {
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
