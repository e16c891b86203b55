import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as stemma from 'stemma';
import {
  adjustHue,
  affine,
  centerCrop,
  colorJitter,
  Dataset,
  grayscale,
  normalize,
  PipelineError,
  Random,
  randomAffine,
  randomCrop,
  randomHorizontalFlip,
  randomResizedCrop,
  randomRotation,
  resize,
  rotate,
  toCHW,
  toUint8,
} from 'stemma';
import { inRoot } from '../../../../scripts/support/paths.mjs';

const zeros = (...shape: number[]) => ({ data: new Uint8Array(shape.reduce((a, b) => a * b, 1)), shape });
const never = (value: unknown): never => value as never;

describe('a transform is refused where it is made', () => {
  it.each([
    [() => centerCrop(0), 'invalid size of centerCrop: expected a whole number of pixels, or [height, width], got 0'],
    [() => centerCrop(never([1, 2, 3])), 'invalid size of centerCrop'],
    [() => centerCrop(3, never({ fil: 1 })), 'unknown option "fil" of centerCrop: did you mean fill?'],
    [() => centerCrop(3, { fill: never('black') }), 'invalid fill of centerCrop: expected a number'],
    [() => centerCrop(3, { layout: never('hwc') }), 'invalid layout of centerCrop: expected "CHW" or "HWC", got "hwc"'],
    [() => randomCrop(3, { padding: never([1, 2, 3]) }), 'invalid padding of randomCrop'],
    [() => randomCrop(3, { padding: -1 }), 'invalid padding of randomCrop'],
    [() => randomHorizontalFlip(2), 'invalid p of randomHorizontalFlip: expected a number from 0 to 1, got 2'],
    [() => randomHorizontalFlip(never({ layout: 'HWC' })), 'invalid p of randomHorizontalFlip'],
    [() => randomResizedCrop(3, { scale: [0.5, 2] }), 'invalid scale of randomResizedCrop: expected [low, high]'],
    [() => randomResizedCrop(3, { ratio: [0, 1] }), 'invalid ratio of randomResizedCrop'],
    [() => randomRotation([5, -5]), 'invalid degrees of randomRotation: expected [low, high], got'],
    [() => randomRotation(NaN), 'invalid degrees of randomRotation: expected a number from 0, got NaN'],
    [() => rotate(never('90')), 'invalid angle of rotate: expected a number, got "90"'],
    [() => rotate(9, { expand: true, center: [0, 0] }), 'invalid center of rotate: expected none with expand'],
    [
      () => rotate(9, { interpolation: never('cubic') }),
      'invalid interpolation of rotate: expected "nearest" or "bilinear"',
    ],
    [() => affine({ scale: 0 }), 'invalid scale of affine'],
    [() => affine({ translate: never([1]) }), 'invalid translate of affine: expected 2 numbers'],
    [() => randomAffine({ translate: [0.1, 2] }), 'invalid translate of randomAffine'],
    [() => colorJitter({ hue: 0.6 }), 'invalid hue of colorJitter: expected a number from 0 up to 0.5, got 0.6'],
    [() => colorJitter({ brightness: [-1, 1] }), 'invalid brightness of colorJitter'],
    [() => adjustHue(1), 'invalid turn of adjustHue: expected a number from -0.5 up to 0.5, got 1'],
    [() => grayscale({ channels: never(2) }), 'invalid channels of grayscale: expected 1 or 3, got 2'],
    [() => resize({}), 'expected width, height or both, or shorterSide, got none of them'],
    [() => resize({ width: 3, shorterSide: 3 }), 'or shorterSide, got width, shorterSide'],
    [() => resize({ width: 3, mode: 'pad' }), `expected width and height with 'pad', got only width`],
    [() => resize({ width: 1.5 }), 'invalid width of resize: expected a whole number of at least 1, got 1.5'],
    [() => resize(never(224)), 'invalid options of resize: expected an option by its name, { width: 224 }'],
    [() => normalize({}), 'expected mean and std, or statistics with or without a field, got none'],
    [() => normalize({ mean: 1 }), 'invalid std of normalize: expected a number above 0'],
    [() => normalize({ mean: 1, std: [1, 0] }), 'invalid std of normalize: expected a number above 0'],
    [() => normalize({ mean: 1, std: 1, field: 'image' }), 'got mean, std, field'],
    [() => normalize({ statistics: never({ mean: 1 }) }), 'expected what statistics() resolves to'],
    [() => centerCrop(3).on(never(1)), `invalid fields of centerCrop: expected names, such as on('image'), got 1`],
    [
      () => (randomCrop(3).on as () => unknown)(),
      `invalid fields of randomCrop: expected names, such as on('image'), got none`,
    ],
  ] as const)('%s', (make, message) => {
    expect(make).toThrow(TypeError);
    expect(make).toThrow(message);
  });
});

describe('an item is refused with what was expected', () => {
  it.each([
    [zeros(5, 5, 3), "with 1 to 4 channels, got shape [5, 5, 3]: this tensor looks like HWC: pass layout: 'HWC'"],
    [zeros(2, 3, 5, 5), 'got shape [2, 3, 5, 5]: this looks like a batch: transform the images before batch()'],
    [zeros(5, 5), 'got shape [5, 5]: give it a channel, shape [1, 5, 5]'],
    [zeros(7, 5, 6), 'expected a tensor of shape [channels, height, width] with 1 to 4 channels, got shape [7, 5, 6]'],
    [zeros(3, 0, 5), 'got shape [3, 0, 5]'],
    [{ data: new Float64Array(3), shape: [3, 1, 1] }, 'expected uint8 or float32, got float64'],
    [{ image: zeros(3, 1, 1) }, 'expected a tensor of shape [channels, height, width] with 1 to 4 channels, got'],
    [null, 'got null'],
  ] as const)('%o', (item, message) => {
    expect(() => centerCrop(3)(never(item))).toThrow(message);
  });

  it('says where the layout is wrong the other way round', () => {
    expect(() => toCHW()(zeros(3, 5, 5))).toThrow(
      `invalid image of toCHW: expected a tensor of shape [height, width, channels] with 1 to 4 channels, got shape [3, 5, 5]: this tensor is CHW already`,
    );
    expect(() => rotate(5, { layout: 'HWC' })(zeros(3, 5, 5))).toThrow(`pass layout: 'CHW'`);
  });

  it('where a field is no image, or the item no record', () => {
    expect(() => centerCrop(1).on('image')(never({ label: 1 }))).toThrow(
      'invalid field "image" of centerCrop: expected a tensor',
    );
    expect(() => centerCrop(1).on('image')(never(5))).toThrow('invalid item of centerCrop: expected a record, got 5');
  });

  it('where fields that are moved together differ in size', () => {
    const item = { image: zeros(3, 4, 4), mask: zeros(1, 4, 5) };
    expect(() => randomCrop(2).on('image', 'mask')(item, new Random(1))).toThrow(
      'invalid fields of randomCrop: expected images of one size, got 4 × 4 in "image" and 4 × 5 in "mask" (height × width)',
    );
  });

  it('where a crop is larger than the image', () => {
    expect(() => randomCrop(9, { padding: 1 })(zeros(1, 4, 8), new Random(1))).toThrow(
      'expected an image of at least 9 × 9 pixels (height × width), got 4 × 8 and a padding of 1, 1, 1, 1: pass padIfNeeded: true',
    );
  });

  it('where values are for other channels', () => {
    const image = { data: new Float32Array(4), shape: [1, 2, 2] };
    expect(() => normalize({ mean: [1, 2, 3], std: 1 })(image)).toThrow(
      'invalid mean of normalize: expected 1 number, one for each channel of the image, got 3',
    );
    expect(() => centerCrop(5, { fill: [1, 2] })(image)).toThrow('invalid fill of centerCrop: expected 1 number');
  });

  it('where the dtype is none that it takes', () => {
    expect(() => normalize({ mean: 0, std: 1 })(never(zeros(1, 1, 1)))).toThrow(
      `expected float32, got uint8: put toFloat32() before it, or decode with dtype: 'float32'`,
    );
    expect(() => toUint8()({ data: Float32Array.of(0, NaN), shape: [1, 1, 2] })).toThrow('got NaN at element 1');
  });

  it('by map and by randomMap, with the item', async () => {
    const run = Dataset.fromArray([zeros(1, 3, 3), zeros(3, 3, 9)], 'pictures')
      .map(centerCrop(2))
      .toArray();
    await expect(run).resolves.toHaveLength(2);
    const failed = Dataset.fromArray([zeros(1, 3, 3), zeros(9, 9, 3)], 'pictures')
      .map(centerCrop(2))
      .toArray();
    await expect(failed).rejects.toThrow(PipelineError);
    await expect(failed).rejects.toThrow(/centerCrop.*item 1 .*looks like HWC/);
  });

  it('where it needs a generator, when it is declared', () => {
    const images = Dataset.fromArray([zeros(1, 3, 3)]);
    expect(() => images.map(never(randomHorizontalFlip()))).toThrow(
      'invalid function of map: randomHorizontalFlip draws random numbers; pass it to randomMap',
    );
  });

  it('where statistics lack what normalize needs', async () => {
    const flat = { image: { data: new Float32Array(4), shape: [1, 2, 2] }, label: 3 };
    const two = await Dataset.fromArray([{ ...flat, mask: flat.image }]).statistics();
    expect(() => normalize({ statistics: two })).toThrow(
      'invalid field of normalize: expected one that has channels ("image", "mask"), got undefined',
    );
    const one = await Dataset.fromArray([flat]).statistics();
    expect(() => normalize({ statistics: one, field: 'label' })).toThrow('("image"), got "label"');
    expect(() => normalize({ statistics: one })).toThrow(
      'expected channels that vary, got only 0 in channel 0 of "image"',
    );
  });
});

/** All that take options, with what has to stand before them. */
const factories: { [name: string]: unknown[] } = {
  adjustBrightness: [1],
  adjustContrast: [1],
  adjustHue: [0],
  adjustSaturation: [1],
  affine: [],
  centerCrop: [1],
  colorJitter: [],
  grayscale: [],
  horizontalFlip: [],
  normalize: [],
  randomAffine: [],
  randomCrop: [1],
  randomGrayscale: [0.5],
  randomHorizontalFlip: [0.5],
  randomResizedCrop: [1],
  randomRotation: [1],
  randomVerticalFlip: [0.5],
  resize: [],
  rotate: [1],
  toFloat32: [],
  toUint8: [],
  verticalFlip: [],
};

/** Options without which there are others to complain of. */
const required: { [name: string]: object } = { resize: { width: 1 }, normalize: { mean: 0, std: 1 } };

describe.each(Object.entries(factories))('%s', (name, before) => {
  const factory = (stemma as unknown as { [name: string]: (...args: unknown[]) => unknown })[name]!;

  it('refuses what are no options of it, and none', () => {
    expect(() => factory(...before, { layuot: 'HWC' })).toThrow(
      `unknown option "layuot" of ${name}: did you mean layout?`,
    );
    expect(() => factory(...before, { layout: 'NCHW', ...required[name] })).toThrow(`invalid layout of ${name}`);
    for (const wrong of [5, 'HWC', null, []])
      expect(() => factory(...before, wrong)).toThrow(`invalid options of ${name}`);
  });
});

it('the transforms that are tried are all that take options', () => {
  const folder = inRoot('lib', 'src', 'images', 'transforms');
  const made = readdirSync(folder).flatMap((file) => {
    const source = readFileSync(join(folder, file), 'utf8');
    return [...source.matchAll(/^export function (\w+)\([^)]+\): (?:Random)?ImageTransform\b/gm)].map(
      ([, name]) => name,
    );
  });
  expect(made.sort()).toEqual(Object.keys(factories).sort());
});
