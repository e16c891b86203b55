import { greyAt, recoloured, samplesOf } from './colours';
import { hueShifted } from './hue';
import type { Image } from './image';

/** What changes colours by a number. */
export type Adjustment = (image: Image, amount: number) => Image;

/** torchvision's `adjust_brightness`, `adjust_contrast`, `adjust_saturation` and `adjust_hue`. */
export const ADJUSTMENTS = {
  brightness: (image, factor) => recoloured(image, (value) => value * factor),
  contrast: (image, factor) => {
    const mean = meanOf(image);
    return recoloured(image, (value) => mean + (value - mean) * factor);
  },
  saturation: (image, factor) => {
    if (image.channels < 3) return image;
    const samples = samplesOf(image);
    const greys = Float64Array.from({ length: samples.pixels }, (_, i) => greyAt(image, samples, i));
    return recoloured(image, (value, i) => greys[i]! + (value - greys[i]!) * factor);
  },
  hue: (image, turn) => (image.channels < 3 ? image : hueShifted(image, turn)),
} as const satisfies { [name: string]: Adjustment };

export type AdjustmentName = keyof typeof ADJUSTMENTS;

function meanOf(image: Image): number {
  const samples = samplesOf(image);
  let sum = 0;
  for (let i = 0; i < samples.pixels; i++) sum += greyAt(image, samples, i);
  return sum / samples.pixels;
}
