/** What the decoder is asked for; crosses to its thread. */
export interface DecodeRequest {
  /** A file's path, or the bytes of an image. */
  source: string | Uint8Array;
  width: number | undefined;
  height: number | undefined;
  layout: 'CHW' | 'HWC';
  dtype: 'uint8' | 'float32';
  channels: 1 | 3 | 4 | undefined;
}

/** What it answers. */
export interface DecodedImage {
  data: Uint8Array | Float32Array;
  shape: number[];
}

/** Decoded samples before they are resized and laid out. */
export interface Raster {
  width: number;
  height: number;
  channels: number;
  bytesPerSample: 1 | 2;
  /** How it has to be turned, as EXIF has it. */
  orientation: number;
  /** Puts the samples, interleaved, where they are wanted. */
  writeTo(target: Buffer): void;
}

/** Decodes an image of a format that it knows; null where another decoder has to. */
export type Decoder = (bytes: Buffer, request: DecodeRequest) => Raster | null | Promise<Raster | null>;
