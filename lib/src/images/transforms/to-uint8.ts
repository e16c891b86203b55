import { imageIn, isFloat } from './image';
import { layoutAlone, type LayoutOptions } from './parameters';
import { type ImageTransform, imageTransform } from './transform';

/**
 * Converts images from float32, 0 to 1, to uint8, 0 to 255, rounded: the way back of `toFloat32`. torchvision's
 * `ToDtype(uint8, scale=True)` gives the same within 1. What is below 0 becomes 0, above 1 it becomes 255. uint8 stays
 * as it is, and so does the shape.
 *
 * @throws TypeError for a wrong option; on an item that is not an image. RangeError on an image with NaN, which uint8
 *   cannot represent.
 * @example
 * const image = { data: Float32Array.of(0, 0.2, 1.5), shape: [1, 1, 3] };
 * toUint8()(image).data; // Uint8Array.of(0, 51, 255)
 */
export function toUint8(options: LayoutOptions = {}): ImageTransform<Uint8Array> {
  const name = 'toUint8';
  const layout = layoutAlone(options, name);
  return imageTransform({
    name,
    layout,
    parameters: { layout },
    apply: (image) => {
      const { data, channels, height, width } = image;
      if (!isFloat(data)) return image;
      // It clamps and rounds.
      const bytes = new Uint8ClampedArray(data.length);
      for (let i = 0; i < data.length; i++) {
        const value = data[i]!;
        if (Number.isNaN(value))
          throw new RangeError(`invalid image of ${name}: expected numbers, got NaN at element ${i}`);
        bytes[i] = value * 255;
      }
      return imageIn(new Uint8Array(bytes.buffer), layout, channels, height, width);
    },
  });
}
