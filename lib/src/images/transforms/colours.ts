import { blankLike, type Image, isFloat } from './image';

/** Where the samples of an image are: pixel `i` of channel `c` is at `i * pixelStep + c * channelStep`. */
export interface Samples {
  pixels: number;
  pixelStep: number;
  channelStep: number;
}

export function samplesOf({ data, channels, depth }: Image): Samples {
  const pixels = data.length / channels;
  return { pixels, pixelStep: depth, channelStep: depth === 1 ? pixels : 1 };
}

/** How many channels are colours, or grey: the last of two or four is alpha. */
export const coloursOf = ({ channels }: Image): 1 | 3 => (channels < 3 ? 1 : 3);

/** How bright three colours are, by ITU-R BT.601, as JPEG, Pillow and TensorFlow have it. */
export const luma = (red: number, green: number, blue: number): number => red * 0.299 + green * 0.587 + blue * 0.114;

/** The brightness of pixel `i`. */
export function greyAt(image: Image, { pixelStep, channelStep }: Samples, i: number): number {
  const { data } = image;
  const at = i * pixelStep;
  if (coloursOf(image) === 1) return data[at]!;
  return luma(data[at]!, data[at + channelStep]!, data[at + 2 * channelStep]!);
}

/**
 * What makes new colours of pixel `i`, each from its old value; alpha stays as it is. Values are kept from 0 to the
 * brightest.
 */
export function recoloured(image: Image, colour: (value: number, i: number) => number): Image {
  const result = blankLike(image, image.height, image.width);
  const samples = samplesOf(image);
  const colours = coloursOf(image);
  const store = storeOf(result);
  for (let c = 0; c < image.channels; c++) {
    let at = c * samples.channelStep;
    for (let i = 0; i < samples.pixels; i++, at += samples.pixelStep) {
      const value = image.data[at]!;
      if (c < colours) store(at, colour(value, i));
      else result.data[at] = value;
    }
  }
  return result;
}

/** Puts a value into an image, kept from 0 to the brightest; whole numbers are rounded. NaN stays NaN. */
export function storeOf({ data }: Image): (at: number, value: number) => void {
  if (isFloat(data)) return (at, value) => (data[at] = value < 0 ? 0 : value > 1 ? 1 : value);
  return (at, value) => (data[at] = value < 0 ? 0 : value > 255 ? 255 : value + 0.5);
}
