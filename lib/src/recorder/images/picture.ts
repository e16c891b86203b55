import { encodePng } from './png';
import { dtypeOf, type Tensor, type TypedArray } from '../../tensor/tensor';

export type ImageLayout = 'CHW' | 'HWC' | 'HW';

/** A small copy of an image, taken when it was sampled; encoded only when somebody looks. */
export class Picture {
  #png: Uint8Array | null = null;

  constructor(
    readonly width: number,
    readonly height: number,
    readonly rgb: Uint8Array,
  ) {}

  get png(): Uint8Array {
    return (this.#png ??= encodePng(this.width, this.height, this.rgb));
  }
}

const MAX_SIDE = 96;
const MAX_SIDE_IN_BATCH = 48;
const MAX_IN_BATCH = 16;
/** Where space is short, up to this many are shown smaller rather than fewer of them. */
const FEW_IN_BATCH = 4;
/** Smaller ones show nothing. */
const MIN_SIDE = 16;
const CHANNELS = [1, 3, 4];

/**
 * Images in a tensor: one for `[c,h,w]`, `[h,w,c]` and `[h,w]`, several for a batch of those; none in any other. Their
 * pixels take at most `maxBytes`; fewer and smaller ones where that is little, none where it is too little.
 */
export function picturesOf(tensor: Tensor, maxBytes: number): { pictures: Picture[]; layout: ImageLayout | null } {
  const { data, shape } = tensor;
  if (typeof data[0] !== 'number') return { pictures: [], layout: null };
  const single = layoutOf(shape);
  const layout = single ?? (shape.length === 4 ? layoutOf(shape.slice(1)) : null);
  if (layout === null) return { pictures: [], layout };
  const images = single === null ? shape[0]! : 1;
  const maxSide = single === null ? MAX_SIDE_IN_BATCH : MAX_SIDE;
  const room = Math.max(FEW_IN_BATCH, Math.floor(maxBytes / bytesOf(maxSide)));
  const count = Math.min(images, MAX_IN_BATCH, room);
  const side = Math.min(maxSide, Math.floor(Math.sqrt(maxBytes / bytesOf(1) / count)));
  const pictures: Picture[] = [];
  for (let i = 0; i < (side < MIN_SIDE ? 0 : count); i++)
    pictures.push(takePicture(data, (i * data.length) / images, shape.slice(-layout.length), layout, side));
  return { pictures, layout };
}

function bytesOf(side: number): number {
  return side * side * 3;
}

function layoutOf(shape: readonly number[]): ImageLayout | null {
  const large = (n: number | undefined): boolean => n !== undefined && n >= 4;
  if (shape.length === 3) {
    if (CHANNELS.includes(shape[0]!) && large(shape[1]) && large(shape[2])) return 'CHW';
    if (CHANNELS.includes(shape[2]!) && large(shape[0]) && large(shape[1])) return 'HWC';
  }
  return shape.length === 2 && shape[0]! >= 8 && shape[1]! >= 8 ? 'HW' : null;
}

/** Picks the nearest pixels; a thumbnail of a thumbnail's cost. An alpha channel is laid over white. */
function takePicture(
  data: TypedArray,
  offset: number,
  shape: readonly number[],
  layout: ImageLayout,
  maxSide: number,
): Picture {
  const [channels, h, w] = layout === 'CHW' ? [shape[0]!, shape[1]!, shape[2]!] : [shape[2] ?? 1, shape[0]!, shape[1]!];
  const scale = Math.max(1, Math.max(h, w) / maxSide);
  const width = Math.max(1, Math.round(w / scale));
  const height = Math.max(1, Math.round(h / scale));
  const channelStep = layout === 'CHW' ? h * w : 1;
  const pixelStep = layout === 'CHW' ? 1 : channels;
  const rows = nearest(height, h, w * pixelStep);
  const columns = nearest(width, w, pixelStep);
  const picked = new Float32Array(width * height * channels);
  let low = Infinity;
  let high = -Infinity;
  let at = 0;
  for (const row of rows) {
    for (const column of columns) {
      for (let c = 0, from = offset + row + column; c < channels; c++, from += channelStep) {
        const value = data[from] as number;
        picked[at++] = value;
        if (value < low && value !== -Infinity) low = value;
        if (value > high && value !== Infinity) high = value;
      }
    }
  }
  return new Picture(width, height, toRgb(picked, channels, byteScale(data, low, high)));
}

/**
 * Where the `count` rows or columns of a thumbnail lie in an image that has `of` of them, each `step` elements from the
 * next.
 */
function nearest(count: number, of: number, step: number): Int32Array {
  const indices = new Int32Array(count);
  for (let i = 0; i < count; i++) indices[i] = Math.floor(((i + 0.5) * of) / count) * step;
  return indices;
}

/** A clamped array rounds by itself, and much faster than code does. */
function toRgb(picked: Float32Array, channels: number, { gain, bias }: ByteScale): Uint8Array {
  const pixels = picked.length / channels;
  const rgb = new Uint8ClampedArray(pixels * 3);
  const [green, blue] = channels === 1 ? [0, 0] : [1, 2];
  for (let i = 0, from = 0, to = 0; i < pixels; i++, from += channels, to += 3) {
    rgb[to] = picked[from]! * gain + bias;
    rgb[to + 1] = picked[from + green]! * gain + bias;
    rgb[to + 2] = picked[from + blue]! * gain + bias;
    if (channels !== 4) continue;
    const alpha = Math.max(0, Math.min(1, (picked[from + 3]! * gain + bias) / 255));
    for (let c = 0; c < 3; c++) rgb[to + c] = rgb[to + c]! * alpha + 255 * (1 - alpha);
  }
  return new Uint8Array(rgb.buffer);
}

interface ByteScale {
  gain: number;
  bias: number;
}

/** How far an image in 0…1 may exceed it after noise or a change of brightness. */
const MAX_ABOVE = 2;
const MAX_BELOW = 0.5;
/** Values up to it are the classes of a mask, or levels of few bits: as bytes they would be black. */
const MAX_CLASSES = 31;

/**
 * Floats up to 2 are an image in 0…1, and what exceeds it is cut off. Other values of at most 31 are classes, stretched
 * from 0 to the maximum; those of at most 255 stay. All else, such as images centred on 0, is stretched from its
 * minimum to its maximum.
 */
function byteScale(data: TypedArray, low: number, high: number): ByteScale {
  const areFloats = dtypeOf(data).startsWith('float');
  if (areFloats && high <= MAX_ABOVE && low >= -Math.min(MAX_BELOW, high / 2)) return { gain: 255, bias: 0 };
  if (low >= 0 && high <= MAX_CLASSES) return { gain: 255 / (high || 1), bias: 0 };
  if (low >= 0 && high <= 255) return { gain: 1, bias: 0 };
  const gain = 255 / (high - low || 1);
  return { gain, bias: -low * gain };
}
