import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  adjustBrightness,
  adjustContrast,
  adjustHue,
  adjustSaturation,
  affine,
  centerCrop,
  colorJitter,
  Dataset,
  grayscale,
  horizontalFlip,
  type ImageTransform,
  type Layout,
  normalize,
  type Pixels,
  Random,
  randomAffine,
  randomCrop,
  randomGrayscale,
  randomHorizontalFlip,
  type RandomImageTransform,
  randomResizedCrop,
  randomRotation,
  randomVerticalFlip,
  resize,
  rotate,
  type Tensor,
  toCHW,
  toFloat32,
  toHWC,
  toUint8,
  verticalFlip,
} from 'stemma';

const side = fc.integer({ min: 1, max: 7 });

/**
 * Images of 1 to 4 channels, from one pixel on, of either dtype and layout; `odd`: with floats that are not finite, or
 * beyond 0 and 1.
 */
const imageOf = (
  dtype: 'uint8' | 'float32' | 'either' = 'either',
  odd = false,
): fc.Arbitrary<{ image: Tensor<Pixels>; layout: Layout }> =>
  fc
    .record({
      channels: fc.integer({ min: 1, max: 4 }),
      height: side,
      width: side,
      layout: fc.constantFrom<Layout>('CHW', 'HWC'),
      isFloat: dtype === 'either' ? fc.boolean() : fc.constant(dtype === 'float32'),
      seed: fc.integer(),
    })
    .map(({ channels, height, width, layout, isFloat, seed }) => {
      const random = new Random(seed);
      const shape = layout === 'CHW' ? [channels, height, width] : [height, width, channels];
      const strange = [NaN, Infinity, -Infinity, -3, 7];
      const float = (): number => (odd && random.next() < 0.3 ? strange[random.int(strange.length)]! : random.next());
      const { length } = { length: channels * height * width };
      const data = isFloat ? Float32Array.from({ length }, float) : Uint8Array.from({ length }, () => random.int(256));
      return { image: { data, shape }, layout };
    });

const sidesOf = ({ shape }: Tensor, layout: Layout): number[] =>
  layout === 'CHW' ? shape.slice(1) : shape.slice(0, 2);
const channelsOf = ({ shape }: Tensor, layout: Layout): number => (layout === 'CHW' ? shape[0]! : shape[2]!);
const pair = <T>(
  image: { image: Tensor<Pixels>; layout: Layout },
  run: (image: Tensor<Pixels>, layout: Layout) => T,
): T => run(image.image, image.layout);

/** All that keep the size, and all that have one of their own: 3 × 4. */
const kept: [string, (layout: Layout) => ImageTransform][] = [
  ['horizontalFlip', (layout) => horizontalFlip({ layout })],
  ['verticalFlip', (layout) => verticalFlip({ layout })],
  ['rotate', (layout) => rotate(30, { layout, interpolation: 'bilinear' })],
  ['affine', (layout) => affine({ angle: 20, scale: 1.2, layout, interpolation: 'bilinear' })],
  ['adjustBrightness', (layout) => adjustBrightness(1.5, { layout })],
  ['adjustContrast', (layout) => adjustContrast(0.5, { layout })],
  ['adjustSaturation', (layout) => adjustSaturation(1.5, { layout })],
  ['adjustHue', (layout) => adjustHue(0.2, { layout })],
];
const sized: [string, (layout: Layout) => ImageTransform][] = [
  ['centerCrop', (layout) => centerCrop([3, 4], { layout })],
  ...(['stretch', 'cover', 'pad'] as const).map((mode): [string, (layout: Layout) => ImageTransform] => [
    `resize ${mode}`,
    (layout) => resize({ height: 3, width: 4, mode, layout }),
  ]),
];
const drawnKept: [string, (layout: Layout) => RandomImageTransform][] = [
  ['randomHorizontalFlip', (layout) => randomHorizontalFlip(0.5, { layout })],
  ['randomVerticalFlip', (layout) => randomVerticalFlip(0.5, { layout })],
  ['randomRotation', (layout) => randomRotation(40, { layout })],
  ['randomAffine', (layout) => randomAffine({ degrees: 9, translate: [0.3, 0.3], scale: [0.5, 2], shear: 8, layout })],
  ['randomGrayscale', (layout) => randomGrayscale(0.5, { layout })],
  ['colorJitter', (layout) => colorJitter({ brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1, layout })],
];
const drawnSized: [string, (layout: Layout) => RandomImageTransform][] = [
  ['randomCrop', (layout) => randomCrop([3, 4], { padding: 1, padIfNeeded: true, layout })],
  ['randomResizedCrop', (layout) => randomResizedCrop([3, 4], { layout })],
];

/** Without chance: as `randomMap` calls it. */
const withSeed =
  (make: (layout: Layout) => RandomImageTransform) =>
  (layout: Layout) =>
  (image: Tensor<Pixels>): Tensor<Pixels> =>
    make(layout)(image, new Random(3));

const keeping = [...kept, ...drawnKept.map(([name, make]) => [name, withSeed(make)] as const)];
const sizing = [...sized, ...drawnSized.map(([name, make]) => [name, withSeed(make)] as const)];

describe.each([...keeping.map((one) => [...one, null] as const), ...sizing.map((one) => [...one, [3, 4]] as const)])(
  '%s',
  (_, make, size) => {
    it('keeps dtype and channels, has the size that it says, and leaves its input alone', () => {
      fc.assert(
        fc.property(imageOf('either', true), (given) =>
          pair(given, (image, layout) => {
            const before = { data: image.data.slice(), shape: [...image.shape] };
            const result = make(layout)(image);
            expect(result.data.constructor).toBe(image.data.constructor);
            expect(channelsOf(result, layout)).toBe(channelsOf(image, layout));
            expect(sidesOf(result, layout)).toEqual(size ?? sidesOf(image, layout));
            expect(result.data).toHaveLength(result.shape.reduce((a, b) => a * b, 1));
            expect(image).toEqual(before);
          }),
        ),
      );
    });

    it('is the same in both layouts', () => {
      fc.assert(
        fc.property(imageOf('either', true), ({ image, layout }) => {
          const [there, back] = layout === 'CHW' ? [toHWC(), toCHW()] : [toCHW(), toHWC()];
          const other = layout === 'CHW' ? 'HWC' : 'CHW';
          expect(back(make(other)(there(image)))).toEqual(make(layout)(image));
        }),
      );
    });
  },
);

describe.each([...drawnKept, ...drawnSized])('%s', (_, make) => {
  const images = Array.from({ length: 24 }, (_, i) => ({
    data: Uint8Array.from({ length: 3 * 5 * 6 }, (_, at) => (at * 37 + i * 11) % 256),
    shape: [3, 5, 6],
  }));

  it('gives the same with the same seed, however many calls are under way, and something else with another', async () => {
    const run = (seed: number, concurrency: number): Promise<unknown[]> =>
      Dataset.fromArray(images)
        .map(async (image) => image, { concurrency })
        .randomMap(make('CHW'), { seed, concurrency, identifier: 'Augment' })
        .toArray();
    const expected = await run(1, 1);
    expect(await run(1, 8)).toEqual(expected);
    expect(await run(2, 8)).not.toEqual(expected);
  });

  it('does the same to all fields of an item', async () => {
    const items = images.map((image) => ({ image, copy: image, label: 1 }));
    const transformed = Dataset.fromArray(items).randomMap(make('CHW').on('image', 'copy'), { seed: 5 });
    const alone = Dataset.fromArray(items).randomMap(make('CHW').on('image'), { seed: 5 });
    const results = await transformed.toArray();
    for (const { image, copy } of results) expect(copy).toEqual(image);
    expect(results.map(({ image, label }) => ({ image, label }))).toEqual(
      (await alone.toArray()).map(({ image, label }) => ({ image, label })),
    );
    expect((await alone.toArray()).map(({ copy }) => copy)).toEqual(images);
  });
});

describe('laws', () => {
  const law = (
    name: string,
    images: ReturnType<typeof imageOf>,
    check: (image: Tensor<Pixels>, layout: Layout) => void,
  ) => it(name, () => fc.assert(fc.property(images, ({ image, layout }) => check(image, layout))));

  law('a flip twice is none', imageOf('either', true), (image, layout) => {
    for (const flip of [horizontalFlip({ layout }), verticalFlip({ layout })]) expect(flip(flip(image))).toEqual(image);
  });

  law('both flips are half a turn', imageOf('either', true), (image, layout) => {
    expect(rotate(180, { layout })(image)).toEqual(verticalFlip({ layout })(horizontalFlip({ layout })(image)));
  });

  law('four quarter turns are none', imageOf('either', true), (image, layout) => {
    const turn = rotate(90, { expand: true, layout });
    expect(turn(turn(turn(turn(image))))).toEqual(image);
  });

  law('there and back between layouts is nothing', imageOf('either', true), (image, layout) => {
    const [there, back] = layout === 'CHW' ? [toHWC(), toCHW()] : [toCHW(), toHWC()];
    expect(back(there(image))).toEqual(image);
  });

  law('whole numbers survive floats', imageOf('uint8'), (image, layout) => {
    const floats = toFloat32({ layout })(image);
    expect(Math.max(...floats.data)).toBeLessThanOrEqual(1);
    expect(toUint8({ layout })(floats)).toEqual(image);
  });

  law('normalizing can be inverted', imageOf('float32'), (image, layout) => {
    const options = { mean: [0.1, 0.5, 0.9, 0.3].slice(0, channelsOf(image, layout)), std: 0.3, layout };
    const floats = image as Tensor<Float32Array>;
    const back = normalize({ ...options, invert: true })(normalize(options)(floats));
    back.data.forEach((value, i) => expect(Math.abs(value - floats.data[i]!)).toBeLessThan(1e-6));
  });

  law('what changes nothing is the image itself', imageOf('either', true), (image, layout) => {
    const [height, width] = sidesOf(image, layout) as [number, number];
    for (const transform of [
      resize({ height, width, layout }),
      resize({ height, width, interpolation: 'nearest', layout }),
      centerCrop([height, width], { layout }),
      rotate(360, { layout }),
    ])
      expect(transform(image)).toBe(image);
    expect(affine({ layout, interpolation: 'bilinear' })(image)).toEqual(image);
  });

  law('a crop is a part of the image', imageOf('uint8'), (image, layout) => {
    const [height, width] = sidesOf(image, layout) as [number, number];
    const crop = [Math.ceil(height / 2), Math.ceil(width / 2)] as const;
    // Each pixel says where it is.
    const first = layout === 'CHW' ? image : toCHW()(image);
    const places = { data: first.data.map((_, i) => i % (height * width)), shape: first.shape };
    const part = randomCrop(crop)(places, new Random(height * 7 + width));
    const [top, left] = [Math.floor(part.data[0]! / width), part.data[0]! % width];
    part.data.forEach((place, i) => {
      const at = i % (crop[0] * crop[1]);
      expect(place).toBe((top + Math.floor(at / crop[1])) * width + left + (at % crop[1]));
    });
  });

  law('grey images stay grey, and alpha is left alone', imageOf('uint8'), (image, layout) => {
    const channels = channelsOf(image, layout);
    const first = (one: Tensor<Pixels>): Tensor<Pixels> => (layout === 'CHW' ? one : toCHW()(one));
    const size = image.data.length / channels;
    for (const transform of [
      adjustHue(0.3, { layout }),
      adjustSaturation(2, { layout }),
      adjustBrightness(2, { layout }),
    ]) {
      const result = first(transform(image));
      if (channels % 2 === 0) expect(result.data.slice(-size)).toEqual(first(image).data.slice(-size));
    }
    if (channels < 3) expect(adjustHue(0.3, { layout })(image)).toBe(image);
    const grey = grayscale({ layout })(image);
    if (channels < 3) expect(grey.data).toEqual(first(image).data.slice(0, size));
    expect(channelsOf(grey, layout)).toBe(1);
  });

  law('a fit is inside, and touches', imageOf(), (image, layout) => {
    const result = resize({ height: 5, width: 6, mode: 'fit', layout })(image);
    const [height, width] = sidesOf(result, layout) as [number, number];
    expect(height).toBeLessThanOrEqual(5);
    expect(width).toBeLessThanOrEqual(6);
    expect(height === 5 || width === 6).toBe(true);
  });

  law('one colour stays that colour at any size', imageOf('uint8'), (image, layout) => {
    const flat = { data: image.data.map(() => 200), shape: image.shape };
    for (const mode of ['stretch', 'cover', 'fit'] as const)
      expect(new Set(resize({ height: 9, width: 4, mode, layout })(flat).data)).toEqual(new Set([200]));
  });
});
