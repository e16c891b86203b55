import type { Frame, Picture } from '../graph/svg';

/** Browsers refuse canvases with a longer side. */
const LONGEST = 16_000;
/** Of more pixels the memory alone keeps the page for a while. */
const PIXELS = 32e6;
/** How many shapes are drawn at once: of thousands the page would stand still for seconds. */
const SHAPES = 250;

/** A picture as PNG, at twice its size where the browser allows it. */
export async function toPng(picture: Picture): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const scale = Math.min(
    2,
    LONGEST / Math.max(picture.width, picture.height),
    Math.sqrt(PIXELS / (picture.width * picture.height)),
  );
  const [width, height] = [Math.floor(picture.width * scale), Math.floor(picture.height * scale)];
  // Between two steps the page has its turn.
  await turn();
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  const isHigh = height > width;
  const longest = Math.max(width, height);
  const step = Math.ceil(longest / Math.ceil(picture.shapes / SHAPES));
  // Cut between pixels, so that no seam is seen.
  for (let from = 0; from < longest; from += step) {
    const piece = Math.min(step, longest - from);
    const [x, y, w, h] = isHigh ? [0, from, width, piece] : [from, 0, piece, height];
    const frame = { x: picture.x + x / scale, y: picture.y + y / scale, width: w / scale, height: h / scale };
    await turn();
    context?.drawImage(await imageOf(picture, frame, scale), x, y);
  }
  await turn();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) {
    throw new Error('the graph is too large for a picture: copy it as SVG');
  }
  return blob;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

async function imageOf(picture: Picture, frame: Frame, scale: number): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.toSvg(frame, scale))}`;
  await image.decode();
  return image;
}
