import { RESAMPLE_WASM } from './resample-wasm';
import { type Taps, tapsOf } from './taps';

/** Where the pixels are and what is wanted of them. */
export interface Resampling {
  /** Pixels of the source. */
  width: number;
  height: number;
  /** 1 to 4, interleaved. */
  channels: number;
  /** 1 or 2. */
  bytesPerSample: 1 | 2;
  /** Pixels of the result, before it is turned. */
  outWidth: number;
  outHeight: number;
  /** 1 to 8, as EXIF has it: how the result is turned. */
  orientation: number;
  layout: 'CHW' | 'HWC';
  dtype: 'uint8' | 'float32';
}

/** As far as it is needed; Node's types leave it to the DOM's. */
declare const WebAssembly: {
  Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer; grow(pages: number): number };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: { [name: string]: unknown } };
};

/** The one function of the module; `lib/assembly/resample.ts` says what its parameters are. */
type Resample = (...parameters: number[]) => void;

const PAGE = 65_536;
/** Whole blocks are read and written behind the end of rows. */
const PADDING = 64;

/**
 * Resizes, turns and lays out images in a memory of its own, which grows with the largest one: `begin` returns where
 * the source's samples belong, `finish` the result's bytes.
 */
export class Resampler {
  readonly #memory = new WebAssembly.Memory({ initial: 1 });
  readonly #resample: Resample;
  #job: { resampling: Resampling; vertical: Taps; horizontal: Taps; offsets: Offsets } | null = null;

  constructor() {
    const module = new WebAssembly.Module(Buffer.from(RESAMPLE_WASM, 'base64'));
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.#memory } });
    this.#resample = exports.resample as Resample;
  }

  /** How large its memory is. */
  get bytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** The place for the source's samples, row after row. Valid until the next `begin`. */
  begin(resampling: Resampling): Buffer {
    const { width, height, channels, bytesPerSample, outWidth, outHeight } = resampling;
    const range = bytesPerSample === 1 ? 255 : 65_535;
    const scale = resampling.dtype === 'float32' ? 1 / range : 255 / range;
    const vertical = tapsOf(height, outHeight, 'pairs', 1);
    const horizontal = tapsOf(width, outWidth, 'floats', scale);
    const length = width * height * channels * bytesPerSample;
    const row = width * channels;
    // A tall filter may look below a low image, at weight 0.
    const below = vertical.count * row * bytesPerSample;
    const offsets = layOut({
      vertical: vertical.bytes.length,
      horizontal: horizontal.bytes.length,
      row: (row + (horizontal.count + 1) * channels) * 4,
      output: outWidth * outHeight * channels * bytesOf(resampling.dtype),
      source: length + below,
    });
    this.#grow(offsets.end);
    this.#job = { resampling, vertical, horizontal, offsets };
    return Buffer.from(this.#memory.buffer, offsets.source, length);
  }

  #grow(bytes: number): void {
    const missing = bytes - this.#memory.buffer.byteLength;
    if (missing <= 0) return;
    try {
      this.#memory.grow(Math.ceil(missing / PAGE));
    } catch (error) {
      throw new Error(`it is too large: ${Math.round(bytes / 2 ** 20)} MiB would be needed for it`, { cause: error });
    }
  }

  /** The result of what was begun, in an array of its own. */
  finish(): Float32Array | Uint8Array {
    const { resampling, vertical, horizontal, offsets } = this.#job!;
    const { width, channels, bytesPerSample, outWidth, outHeight, dtype } = resampling;
    const { buffer } = this.#memory;
    new Uint8Array(buffer, offsets.vertical).set(vertical.bytes);
    new Uint8Array(buffer, offsets.horizontal).set(horizontal.bytes);
    new Uint8Array(buffer, offsets.row, offsets.output - offsets.row).fill(0);
    const { start, columnStep, rowStep, channelStep } = stepsOf(resampling);
    const size = bytesOf(dtype);
    this.#resample(
      offsets.source,
      width,
      channels,
      bytesPerSample - 1,
      offsets.vertical,
      vertical.count / 2,
      offsets.horizontal,
      horizontal.count,
      offsets.row,
      offsets.output + start * size,
      outWidth,
      outHeight,
      columnStep * size,
      rowStep * size,
      channelStep * size,
      dtype === 'float32' ? 1 : 0,
    );
    const bytes = buffer.slice(offsets.output, offsets.output + outWidth * outHeight * channels * size);
    return dtype === 'float32' ? new Float32Array(bytes) : new Uint8Array(bytes);
  }
}

const bytesOf = (dtype: Resampling['dtype']): number => (dtype === 'float32' ? 4 : 1);

interface Offsets {
  vertical: number;
  horizontal: number;
  row: number;
  output: number;
  source: number;
  end: number;
}

/** One after the other, in this order, each at a multiple of 64. */
function layOut(sizes: Omit<Offsets, 'end'>): Offsets {
  const offsets: Offsets = { ...sizes, end: 0 };
  for (const name of Object.keys(sizes) as (keyof typeof sizes)[]) {
    offsets[name] = offsets.end;
    offsets.end += Math.ceil((sizes[name] + PADDING) / 64) * 64;
  }
  return offsets;
}

/**
 * Where the first element goes, and how far it is to the next column, row and channel of the image before it is turned;
 * in elements.
 */
function stepsOf({ outWidth: w, outHeight: h, channels, orientation, layout }: Resampling): {
  start: number;
  columnStep: number;
  rowStep: number;
  channelStep: number;
} {
  const turned = orientation > 4;
  const lastColumn = w - 1;
  const lastRow = h - 1;
  const pixel = layout === 'CHW' ? 1 : channels;
  const line = (turned ? h : w) * pixel;
  const channelStep = layout === 'CHW' ? w * h : 1;
  const [columnStep, rowStep] = [
    [pixel, line],
    [-pixel, line],
    [-pixel, -line],
    [pixel, -line],
    [line, pixel],
    [line, -pixel],
    [-line, -pixel],
    [-line, pixel],
  ][orientation - 1] as [number, number];
  const start = (columnStep < 0 ? -columnStep * lastColumn : 0) + (rowStep < 0 ? -rowStep * lastRow : 0);
  return { start, columnStep, rowStep, channelStep };
}
