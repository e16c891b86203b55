import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as stemma from 'stemma';
import { type ImageTransform, type Pixels, type Tensor, toCHW, toHWC } from 'stemma';
import { inRoot } from '../../../../scripts/support/paths.mjs';

/** What Pillow and NumPy make of one image; `tests/fixtures/make-image-transforms.py` says how. */
interface Peers {
  height: number;
  width: number;
  pixels: string;
  cases: {
    transform: string;
    args: unknown[];
    peer: string;
    source: 'uint8' | 'float32';
    dtype: 'uint8' | 'float32';
    shape: number[];
    data: string;
  }[];
}

const file = inRoot('tests', 'fixtures', 'image-transforms', 'peers.json');
const { height, width, pixels, cases } = JSON.parse(readFileSync(file, 'utf8')) as Peers;

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
const images: { [dtype in 'uint8' | 'float32']: Tensor<Pixels> } = {
  uint8: { data: bytes(pixels), shape: [height, width, 3] },
  float32: { data: Float32Array.from(bytes(pixels), (value) => value / 255), shape: [height, width, 3] },
};

type Factory = (...args: unknown[]) => ImageTransform;

/** Passes the layout in the last argument, which are the options of all transforms. */
function made(name: string, args: unknown[], layout: 'CHW' | 'HWC'): ImageTransform {
  const last = args.at(-1);
  const hasOptions = typeof last === 'object' && !Array.isArray(last);
  const before = hasOptions ? args.slice(0, -1) : args;
  return (stemma as unknown as { [name: string]: Factory })[name]!(...before, { ...(hasOptions ? last : {}), layout });
}

/**
 * One level of 256, for Pillow cuts off what we round; two where it rounds the mean of an image, or its steps add up.
 */
const LEVELS: { [name: string]: number } = { centerCrop: 0, horizontalFlip: 0, verticalFlip: 0, adjustContrast: 2 };
const FLOATS = 2e-6;

describe.each(cases)('$transform $args of $source', ({ transform, args, peer, source, dtype, shape, data }) => {
  it(`is what ${peer} makes of it, in both layouts`, () => {
    const last: Tensor = made(transform, args, 'HWC')(images[source]);
    expect(last.shape).toEqual(shape);
    const expected = dtype === 'uint8' ? bytes(data) : new Float32Array(bytes(data).buffer);
    expect(last.data.constructor).toBe(expected.constructor);
    const tolerance = dtype === 'float32' ? FLOATS : (LEVELS[transform] ?? 1);
    const isNearest = JSON.stringify(args).includes('"nearest"');
    const worst = Math.max(...Array.from(expected, (value, i) => Math.abs(value - Number(last.data[i]))));
    expect(worst).toBeLessThanOrEqual(isNearest ? 0 : tolerance);
    const first = made(transform, args, 'CHW')(toCHW()(images[source]));
    expect(toHWC()(first)).toEqual(last);
  });
});
