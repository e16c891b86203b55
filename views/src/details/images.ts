import type { Summary, TensorSummary, Thumbnail } from 'stemma-document';
import { h } from '../elements/dom';

/** Only a PNG, and only as data: nothing is ever loaded from elsewhere. */
const PNG_URL = /^data:image\/png;base64,[A-Za-z0-9+/]+=*$/;

export function isImage(value: Summary): value is TensorSummary & { images: [Thumbnail, ...Thumbnail[]] } {
  return value.type === 'tensor' && value.images.length > 0;
}

/** One image, or a batch of images as a grid. `size` is the side of the box in pixels. */
export function imageStrip(images: readonly Thumbnail[], tensor: TensorSummary, size: number): HTMLElement {
  const strip = h('span', images.length > 1 ? 'stemma-Images stemma-mod-grid' : 'stemma-Images');
  for (const image of images) {
    if (!PNG_URL.test(image.png)) {
      continue;
    }
    const element = h('img', 'stemma-Image');
    element.src = image.png;
    element.alt = `${tensor.dtype} [${tensor.shape.join(', ')}]`;
    element.loading = 'lazy';
    const scale = size / Math.max(image.width, image.height, 1);
    element.width = Math.max(1, Math.round(image.width * scale));
    element.height = Math.max(1, Math.round(image.height * scale));
    // An image that is enlarged keeps its pixels; one that is made smaller is smoothed.
    element.classList.toggle('stemma-mod-pixelated', scale * devicePixelRatio > 1);
    enlargeable(element);
    strip.append(element);
  }
  return strip;
}

/** How large an image may become, in pixels. */
const LARGE = 280;

/** A click or Enter enlarges an image in its place, another makes it small again. */
function enlargeable(image: HTMLImageElement): void {
  const { width, height } = image;
  const scale = LARGE / Math.max(width, height, 1);
  const toggle = (): void => {
    const isLarge = image.classList.toggle('stemma-mod-large');
    image.width = isLarge ? Math.round(width * scale) : width;
    image.height = isLarge ? Math.round(height * scale) : height;
    image.setAttribute('aria-expanded', String(isLarge));
  };
  image.tabIndex = 0;
  image.setAttribute('role', 'button');
  image.setAttribute('aria-expanded', 'false');
  image.addEventListener('click', toggle);
  image.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      toggle();
    }
  });
}
