import type { Sample } from 'stemma';
import type { BinarySample } from 'stemma/host';
import { encodePng, pngUrl } from 'stemma/live';

/** An image in a sample: PNG, pixels or a link in `png`. */
interface Picture {
  width: number;
  height: number;
  png: unknown;
}

/** A copy of the value with what `change` makes of the images in it, in the order in which they appear. */
export function mapPictures(value: unknown, change: (picture: Picture, number: number) => unknown): unknown {
  let number = 0;
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    if (isPicture(node)) return { ...node, png: change(node, number++) };
    return Object.fromEntries(Object.entries(node).map(([name, member]) => [name, walk(member)]));
  };
  return walk(value);
}

/** Samples as the document has them, of those with pixels. */
export function encodeSamples(samples: readonly BinarySample[]): Sample[] {
  return mapPictures(samples, ({ width, height, png }) =>
    pngUrl(encodePng(width, height, png as Uint8Array)),
  ) as Sample[];
}

/** The bytes of image `number` of a sample; null where there is none. */
export function pictureOf(sample: Sample, number: number): Buffer | null {
  let found: Buffer | null = null;
  mapPictures(sample.value, ({ png }, at) => {
    if (at === number) found = Buffer.from(String(png).replace(/^data:image\/png;base64,/, ''), 'base64');
    return png;
  });
  return found;
}

function isPicture(node: object): node is Picture {
  return 'png' in node && 'width' in node && 'height' in node;
}
