import { imageIn, isFloat } from './image';
import { layoutAlone, type LayoutOptions } from './parameters';
import { type ImageTransform, imageTransform } from './transform';

/**
 * Converts images from uint8, 0 to 255, to float32, 0 to 1: torchvision's `ToDtype(float32, scale=True)`, Keras'
 * `Rescaling(1 / 255)`. Floats stay as they are, and so does the shape. Of files, `decodeImage` with `dtype: 'float32'`
 * is faster.
 *
 * @throws TypeError for a wrong option; on an item that is not an image.
 * @example
 * const image = { data: Uint8Array.of(0, 51, 255), shape: [1, 1, 3] };
 * toFloat32()(image).data; // Float32Array.of(0, 0.2, 1)
 */
export function toFloat32(options: LayoutOptions = {}): ImageTransform<Float32Array> {
  const name = 'toFloat32';
  const layout = layoutAlone(options, name);
  return imageTransform({
    name,
    layout,
    parameters: { layout },
    apply: (image) => {
      const { data, channels, height, width } = image;
      if (isFloat(data)) return image;
      const floats = new Float32Array(data.length);
      for (let i = 0; i < data.length; i++) floats[i] = data[i]! / 255;
      return imageIn(floats, layout, channels, height, width);
    },
  });
}
