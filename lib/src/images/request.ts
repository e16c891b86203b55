/** What the decoder is asked for; crosses to its thread. */
export interface DecodeRequest {
  /** A file's path, or the bytes of an image. */
  source: string | Uint8Array;
  width: number | undefined;
  height: number | undefined;
  layout: 'CHW' | 'HWC';
  dtype: 'uint8' | 'float32';
  channels: 1 | 3 | 4 | undefined;
  /** Bytes that all threads together may hold of pixels. */
  memory: number;
}

/** What it returns. */
export interface DecodedImage {
  data: Uint8Array | Float32Array;
  shape: number[];
}

/** An image whose header was read: what its samples will be, before they are resized and laid out. */
export interface Raster {
  width: number;
  height: number;
  channels: number;
  bytesPerSample: 1 | 2;
  /** How it has to be turned, as EXIF has it. */
  orientation: number;
  /** How many times its samples are in memory while it is decoded. */
  copies: number;
  /** Decodes what `writeTo` needs, where that takes a promise. */
  prepare?(): Promise<void>;
  /** Lets go of what `prepare` decoded. */
  release?(): void;
  /** Puts the samples, interleaved, where they are wanted. */
  writeTo(target: Buffer): void;
}

/** Decodes an image of a format that it knows; null where another decoder has to. */
export type Decoder = (bytes: Buffer, request: DecodeRequest) => Raster | null | Promise<Raster | null>;
