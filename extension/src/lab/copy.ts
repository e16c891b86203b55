import { Clipboard } from '@jupyterlab/apputils';

/** Put text on the clipboard. Browsers have the newer way, which needs no selection, on secure pages alone: not over plain http from another machine. */
export async function copyText(text: string): Promise<void> {
  if ('clipboard' in navigator) {
    await navigator.clipboard.writeText(text);
  } else {
    Clipboard.copyToSystem(text);
  }
}

/** Put a picture on the clipboard as PNG, at twice its size; where the browser does not allow it, into a file. Answers where it is. */
export async function copyPicture(svg: string, fileName: string): Promise<'clipboard' | 'file'> {
  const blob = await toPng(svg);
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

async function toPng(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  // Browsers refuse canvases that are much larger.
  const scale = Math.min(2, 16_000 / Math.max(image.naturalWidth, image.naturalHeight));
  canvas.width = image.naturalWidth * scale;
  canvas.height = image.naturalHeight * scale;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) {
    throw new Error('the graph is too large for a picture: copy it as SVG');
  }
  return blob;
}
