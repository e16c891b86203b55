import { checkOptions, type OptionTypes } from '../../util/options';
import { ADJUSTMENTS, type AdjustmentName } from './adjust';
import { layoutOf, type LayoutOptions, type NumberRange, rangeOf, numberOf } from './parameters';
import { type RandomImageTransform, randomTransform } from './transform';

/** The options of `colorJitter`. */
export interface ColorJitterOptions extends LayoutOptions {
  /** The range of factors, or a number for `[max(0, 1 - brightness), 1 + brightness]`. Default 0: unchanged. */
  brightness?: number | NumberRange;
  /** Likewise. */
  contrast?: number | NumberRange;
  /** Likewise; 0 is grey. */
  saturation?: number | NumberRange;
  /**
   * The range of turns of the hue, as shares of the circle within -0.5 and 0.5, or a number for `[-hue, hue]`. Default
   * 0.
   */
  hue?: number | NumberRange;
}

const OPTIONS: OptionTypes<ColorJitterOptions> = {
  brightness: 'any',
  contrast: 'any',
  saturation: 'any',
  hue: 'any',
  layout: 'any',
};

/**
 * Changes brightness, contrast, saturation and hue at random, in random order: torchvision's `ColorJitter`. Floats are
 * taken to be from 0 to 1 and kept there, so jitter comes before `normalize`. dtype and shape stay; alpha is left
 * alone, and so are the saturation and hue of grey images.
 *
 * @throws TypeError for wrong options; on an item that is not an image.
 * @example
 * const image = { data: Uint8Array.of(200, 100, 50), shape: [3, 1, 1] };
 * const jittered = Dataset.fromArray([image]).randomMap(colorJitter({ brightness: 0.2, hue: 0.05 }), { seed: 7 });
 * (await jittered.toArray())[0].shape; // [3, 1, 1]
 */
export function colorJitter(options: ColorJitterOptions): RandomImageTransform {
  const name = 'colorJitter';
  checkOptions(options, name, OPTIONS);
  const ranges: { [name in AdjustmentName]: [low: number, high: number] } = {
    brightness: factorsOf(options.brightness, 'brightness'),
    contrast: factorsOf(options.contrast, 'contrast'),
    saturation: factorsOf(options.saturation, 'saturation'),
    hue: turnsOf(options.hue),
  };
  const layout = layoutOf(options.layout, name);
  return randomTransform({
    name,
    layout,
    parameters: { ...ranges, layout },
    draw: (random) => {
      const order = Object.keys(ranges) as AdjustmentName[];
      for (let i = order.length - 1; i > 0; i--) {
        const j = random.int(i + 1);
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
      const amounts = order.map((one) => random.uniform(...ranges[one]));
      return (image) =>
        order.reduce((result, one, i) => {
          const isNeutral = amounts[i] === (one === 'hue' ? 0 : 1);
          return isNeutral ? result : ADJUSTMENTS[one](result, amounts[i]!);
        }, image);
    },
  });
}

function factorsOf(value: unknown = 0, name: string): [low: number, high: number] {
  if (Array.isArray(value)) return rangeOf(value, `${name} of colorJitter`, 0, Number.MAX_VALUE);
  const reach = numberOf(value, `${name} of colorJitter`, 0);
  return [Math.max(0, 1 - reach), 1 + reach];
}

function turnsOf(value: unknown = 0): [low: number, high: number] {
  if (Array.isArray(value)) return rangeOf(value, 'hue of colorJitter', -0.5, 0.5);
  const reach = numberOf(value, 'hue of colorJitter', 0, 0.5);
  return [reach === 0 ? 0 : -reach, reach];
}
