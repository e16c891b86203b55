/** Which samples of one axis make each output, and their weights, as the resampling module reads them. */
export interface Taps {
  /** Weights for each output; even for `pairs`. */
  count: number;
  /** For each output: the first sample (i32), then its weights: f32, or i16 in fixed point of 14 bits. */
  bytes: Uint8Array;
}

const ONE = 2 ** 14;

/** Those of the axes that were asked for last: the images of a folder often have few sizes. */
const known = new Map<string, Taps>();
const MAX_KNOWN = 64;

/**
 * The triangle filter from `size` samples to `outSize`: bilinear where it enlarges; where it shrinks, as wide as the
 * distance of two outputs, so that nothing is skipped (antialiased). Pixels are areas, their centres at halves; weights
 * add up to 1, at the edges too.
 */
export function tapsOf(size: number, outSize: number, kind: 'floats' | 'pairs', scale: number): Taps {
  const key = `${size} ${outSize} ${kind} ${scale}`;
  let taps = known.get(key);
  if (taps === undefined) {
    if (known.size >= MAX_KNOWN) known.delete(known.keys().next().value!);
    known.set(key, (taps = makeTaps(size, outSize, kind, scale)));
  }
  return taps;
}

function makeTaps(size: number, outSize: number, kind: 'floats' | 'pairs', scale: number): Taps {
  const outputs = Array.from({ length: outSize }, (_, i) => weightsAt(i, size, outSize));
  const longest = Math.max(...outputs.map(({ weights }) => weights.length));
  const pairs = kind === 'pairs';
  const count = pairs ? longest + (longest % 2) : longest;
  const weightBytes = pairs ? 2 : 4;
  const stride = 4 + count * weightBytes;
  const view = new DataView(new ArrayBuffer(stride * outSize));
  outputs.forEach(({ first, weights }, i) => {
    // All have the same number of weights; near the end the window moves back rather than out of the image.
    const start = Math.max(0, Math.min(first, size - count));
    view.setInt32(i * stride, start, true);
    const write = (k: number, weight: number): void => {
      const at = i * stride + 4 + (first - start + k) * weightBytes;
      if (pairs) view.setInt16(at, weight, true);
      else view.setFloat32(at, weight, true);
    };
    (pairs ? fixedPoint(weights) : weights.map((weight) => (weight * scale) / ONE)).forEach((weight, k) =>
      write(k, weight),
    );
  });
  return { count, bytes: new Uint8Array(view.buffer) };
}

/**
 * Of one output: the first sample, and the weights from there. The outputs share `length` samples from `start` on,
 * which need not be whole.
 */
export function weightsAt(
  output: number,
  size: number,
  outSize: number,
  start = 0,
  length = size,
): { first: number; weights: number[] } {
  if (length === outSize && Number.isInteger(start)) return { first: start + output, weights: [1] };
  const step = length / outSize;
  const reach = Math.max(1, step);
  const centre = start + (output + 0.5) * step;
  const first = Math.max(0, Math.floor(centre - reach + 0.5));
  const end = Math.min(size, Math.floor(centre + reach + 0.5));
  const weights: number[] = [];
  for (let i = first; i < end; i++) weights.push(Math.max(0, 1 - Math.abs(i + 0.5 - centre) / reach));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { first, weights: weights.map((weight) => weight / total) };
}

/** Rounded so that they still add up to 1, each to one of its neighbours. */
function fixedPoint(weights: readonly number[]): number[] {
  let sum = 0;
  let rounded = 0;
  return weights.map((weight) => {
    sum += weight * ONE;
    const before = rounded;
    rounded = Math.round(sum);
    return rounded - before;
  });
}
