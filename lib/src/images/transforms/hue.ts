import { samplesOf, storeOf } from './colours';
import { blankLike, type Image } from './image';

/** Turns the hue of each pixel by a share of the circle, by way of HSV. */
export function hueShifted(image: Image, turn: number): Image {
  const result = blankLike(image, image.height, image.width);
  result.data.set(image.data);
  const { pixels, pixelStep, channelStep } = samplesOf(image);
  const store = storeOf(result);
  const { data } = image;
  for (let i = 0, at = 0; i < pixels; i++, at += pixelStep) {
    const [red, green, blue] = [data[at]!, data[at + channelStep]!, data[at + 2 * channelStep]!];
    const value = Math.max(red, green, blue);
    const range = value - Math.min(red, green, blue);
    // Grey has no hue; nor has NaN.
    if (!(range > 0 && range < Infinity)) continue;
    const sixth = hueOf(red, green, blue, value, range) + turn * 6;
    store(at, channelAt(sixth + 5, value, range));
    store(at + channelStep, channelAt(sixth + 3, value, range));
    store(at + 2 * channelStep, channelAt(sixth + 1, value, range));
  }
  return result;
}

/** In sixths of the circle, from red. */
function hueOf(red: number, green: number, blue: number, value: number, range: number): number {
  if (value === red) return (green - blue) / range;
  if (value === green) return 2 + (blue - red) / range;
  return 4 + (red - green) / range;
}

/** One colour of a hue that is turned to where that colour is at its minimum. */
function channelAt(turned: number, value: number, range: number): number {
  const sixth = ((turned % 6) + 6) % 6;
  return value - range * Math.max(0, Math.min(sixth, 4 - sixth, 1));
}
