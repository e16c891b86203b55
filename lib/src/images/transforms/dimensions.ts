import type { Box } from './crop';
import { roundHalfEven } from './parameters';

/** Of an image, in pixels. */
export interface Dimensions {
  width: number;
  height: number;
}

/** Cut down to whole pixels, as torchvision does. */
export function longerFollows({ width, height }: Dimensions, shorter: number): Dimensions {
  return width <= height
    ? { width: shorter, height: Math.floor((shorter * height) / width) }
    : { width: Math.floor((shorter * width) / height), height: shorter };
}

/** The largest of the image's aspect ratio within `size`. */
export function fittingSize({ width, height }: Dimensions, size: Dimensions): Dimensions {
  const [ratio, wanted] = [width / height, size.width / size.height];
  if (ratio > wanted) return { ...size, height: Math.max(1, roundHalfEven((height / width) * size.width)) };
  if (ratio < wanted) return { ...size, width: Math.max(1, roundHalfEven((width / height) * size.height)) };
  return size;
}

/** The largest part of the image, in its middle, of the aspect ratio of `size`. */
export function coveringPart({ width, height }: Dimensions, size: Dimensions): Box {
  const wanted = size.width / size.height;
  const part = width / height >= wanted ? { width: wanted * height, height } : { width, height: width / wanted };
  return { top: (height - part.height) / 2, left: (width - part.width) / 2, ...part };
}

/** The rectangle in the middle; where its place is between two pixels, the one that torchvision takes. */
export function centreOf(image: Dimensions, height: number, width: number): Box {
  const start = (whole: number, part: number): number =>
    part > whole ? -Math.floor((part - whole) / 2) : roundHalfEven((whole - part) / 2);
  return { top: start(image.height, height), left: start(image.width, width), height, width };
}
