import * as zlib from 'node:zlib';
import { loadPeer } from '../optional-peer';

type Decompress = (bytes: Uint8Array, length: number) => Uint8Array;

/** What we use of hyparquet-compressors. */
interface Compressors {
  compressors: { [codec: string]: Decompress };
}

/** What we use of lz4-napi. */
interface Lz4 {
  decompressFrameSync(bytes: Buffer): Buffer;
}

/** From Node 22.15 on; the types are of an older one. */
const { zstdDecompressSync } = zlib as { zstdDecompressSync?: (bytes: Uint8Array) => Buffer };

/**
 * Decompresses the pages of a Parquet file: `codec` as its metadata name it.
 *
 * @throws if a package is missing; the error says how to install it.
 */
export function parquetCodec(codec: string): Decompress {
  if (codec === 'GZIP') return (bytes) => zlib.gunzipSync(bytes);
  if (codec === 'BROTLI') return (bytes) => zlib.brotliDecompressSync(bytes);
  if (codec === 'ZSTD' && zstdDecompressSync !== undefined) return (bytes) => zstdDecompressSync(bytes);
  const found = loadPeer<Compressors>('hyparquet-compressors', `Parquet compressed with ${codec}`).compressors[codec];
  if (found === undefined)
    throw new Error(`Parquet compressed with ${codec} is not read; write it with zstd, snappy or without compression`);
  return found;
}

/** Decompresses the buffers of an Arrow file. */
export const arrowCodecs = {
  LZ4_FRAME: (bytes: Uint8Array): Uint8Array =>
    aligned(
      loadPeer<Lz4>('lz4-napi', 'Arrow compressed with LZ4').decompressFrameSync(
        Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
      ),
    ),
  ZSTD: (bytes: Uint8Array): Uint8Array => aligned(zstd(bytes)),
};

function zstd(bytes: Uint8Array): Uint8Array {
  if (zstdDecompressSync !== undefined) return zstdDecompressSync(bytes);
  return loadPeer<Compressors>('hyparquet-compressors', 'Arrow compressed with ZSTD').compressors.ZSTD!(bytes, 0);
}

/** Arrow lays arrays of 8-byte numbers over it. */
const aligned = (bytes: Uint8Array): Uint8Array => (bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes));
