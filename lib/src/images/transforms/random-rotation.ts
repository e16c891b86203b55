import { type RotateOptions, rotated, rotateParameters } from './rotate';
import { type NumberRange, spreadOf } from './parameters';
import { type RandomImageTransform, randomTransform } from './transform';

/**
 * Turns images by a random angle, as torchvision's `RandomRotation`: `degrees` is the range `[low, high]`, or a number
 * for `[-degrees, degrees]`. dtype and channels stay, the size too unless `expand`.
 *
 * @throws TypeError for wrong degrees or options; on an item that is not an image.
 * @example
 * const image = { data: new Uint8Array(3 * 8 * 8), shape: [3, 8, 8] };
 * const turned = Dataset.fromArray([image]).randomMap(randomRotation(15, { interpolation: 'bilinear' }), { seed: 7 });
 * (await turned.toArray())[0].shape; // [3, 8, 8]
 */
export function randomRotation(degrees: number | NumberRange, options: RotateOptions = {}): RandomImageTransform {
  const name = 'randomRotation';
  const range = spreadOf(degrees, `degrees of ${name}`);
  const parameters = rotateParameters(options, name);
  return randomTransform({
    name,
    layout: parameters.layout,
    parameters: { degrees: range, ...parameters },
    draw: (random) => {
      const angle = random.uniform(...range);
      return (image) => rotated(image, angle, parameters, name);
    },
  });
}
