import type { DatasetStatistics } from '../../statistics/dataset-statistics';
import { inWords } from '../../util/check';
import { checkOptions, type OptionTypes } from '../../util/options';
import { channelMoments } from './channel-moments';
import { samplesOf } from './colours';
import { blankLike, type Image, isFloat } from './image';
import { layoutOf, type LayoutOptions, perChannel } from './parameters';
import { type ImageTransform, imageTransform } from './transform';

/** What `normalize` takes: `mean` and `std`, or `statistics`. */
export interface NormalizeOptions extends LayoutOptions {
  /** One for all channels, or one per channel. */
  mean?: number | readonly number[];
  /** Likewise, above 0. */
  std?: number | readonly number[];
  /** The result of `statistics()`, which gives mean and standard deviation per channel; the record links it. */
  statistics?: DatasetStatistics;
  /** The field of the statistics, e.g. `'image'`. Default: the only one that has channels. */
  field?: string;
  /** The inverse: from normalized values back, to show them. Default false. */
  invert?: boolean;
}

const OPTIONS: OptionTypes<NormalizeOptions> = {
  mean: 'any',
  std: 'any',
  statistics: 'any',
  field: 'text',
  invert: 'boolean',
  layout: 'any',
};

/**
 * Normalizes the channels of float32 images to `(value - mean) / std`: torchvision's `Normalize`. With `invert`, Keras'
 * word for it, `value * std + mean`. The shape stays.
 *
 * @throws TypeError for wrong options; on an item that is not a float32 image, or has another number of channels.
 * @example
 * const image = { data: Float32Array.of(0, 0.5, 1), shape: [1, 1, 3] };
 * normalize({ mean: 0.5, std: 0.25 })(image).data; // Float32Array.of(-2, 0, 2)
 * const statistics = await Dataset.fromArray([image]).statistics();
 * Math.abs(normalize({ statistics })(image).data[1]) < 1e-6; // true
 */
export function normalize(options: NormalizeOptions): ImageTransform<Float32Array, Float32Array> {
  const name = 'normalize';
  checkOptions(options, name, OPTIONS);
  const { invert = false, statistics } = options;
  const { mean, std, ...from } = momentsOf(options);
  const layout = layoutOf(options.layout, name);
  return imageTransform({
    name,
    layout,
    parameters: { mean, std, ...from, ...(invert ? { invert } : {}), layout },
    uses: statistics === undefined ? [] : [statistics],
    apply: (image) => {
      if (!isFloat(image.data))
        throw new TypeError(
          `invalid image of ${name}: expected float32, got uint8: put toFloat32() before it, or decode with dtype: 'float32'`,
        );
      const means = perChannel(mean, image, `mean of ${name}`);
      const scales = perChannel(std, image, `std of ${name}`);
      return invert ? scaled(image, scales, means) : scaled(image, ...standardizing(means, scales));
    },
  });
}

/** As factors and summands. */
const standardizing = (means: readonly number[], stds: readonly number[]): [number[], number[]] => [
  stds.map((std) => 1 / std),
  stds.map((std, c) => -means[c]! / std),
];

function scaled(image: Image, factors: readonly number[], summands: readonly number[]): Image {
  const result = blankLike(image, image.height, image.width);
  const { pixels, pixelStep, channelStep } = samplesOf(image);
  for (let c = 0; c < image.channels; c++) {
    const [factor, summand] = [factors[c]!, summands[c]!];
    for (let i = 0, at = c * channelStep; i < pixels; i++, at += pixelStep)
      result.data[at] = image.data[at]! * factor + summand;
  }
  return result;
}

interface Moments {
  mean: number | number[];
  std: number | number[];
  field?: string;
}

function momentsOf({ mean, std, statistics, field }: NormalizeOptions): Moments {
  const isGiven = mean !== undefined || std !== undefined;
  if (isGiven === (statistics !== undefined) || (isGiven && field !== undefined))
    throw new TypeError(
      `invalid options of normalize: expected mean and std, or statistics with or without a field, got ${
        Object.entries({ mean, std, statistics, field })
          .flatMap(([name, value]) => (value === undefined ? [] : name))
          .join(', ') || 'none'
      }`,
    );
  if (statistics !== undefined) return channelMoments(statistics, field);
  return { mean: numbersOf(mean, 'mean', -Infinity), std: numbersOf(std, 'std', 0) };
}

function numbersOf(value: unknown, name: string, above: number): number | number[] {
  const numbers: unknown[] = Array.isArray(value) ? value : [value];
  if (numbers.length > 0 && numbers.every((one) => typeof one === 'number' && Number.isFinite(one) && one > above))
    return Array.isArray(value) ? ([...value] as number[]) : (value as number);
  const limit = above === 0 ? ' above 0' : '';
  throw new TypeError(
    `invalid ${name} of normalize: expected a number${limit}, or a list of one for each channel, got ${inWords(value)}`,
  );
}
