import type { Sample, SamplesMessage } from 'stemma-document';

/**
 * Put the binary buffers of a message where they belong: each becomes a data URL of a PNG. Paths that lead nowhere are
 * ignored.
 */
export function withThumbnails(
  message: Pick<SamplesMessage, 'samples' | 'bufferPaths'>,
  buffers: readonly (ArrayBuffer | ArrayBufferView)[],
): Sample[] {
  message.bufferPaths.forEach((path, i) => {
    const buffer = buffers[i];
    if (buffer) {
      setAt(message.samples, path, pngUrl(buffer));
    }
  });
  return message.samples;
}

/** PNG bytes as a data URL. */
export function pngUrl(buffer: ArrayBuffer | ArrayBufferView): string {
  const bytes = ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    : new Uint8Array(buffer);
  let text = '';
  // String.fromCharCode takes its bytes as arguments, of which there may not be too many.
  for (let i = 0; i < bytes.length; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return `data:image/png;base64,${btoa(text)}`;
}

function setAt(root: unknown, path: readonly (string | number)[], value: string): void {
  let target = root;
  for (const key of path.slice(0, -1)) {
    target = child(target, key);
  }
  const last = path[path.length - 1];
  if (last !== undefined && typeof child(target, last) === 'string') {
    (target as Record<string | number, unknown>)[last] = value;
  }
}

function child(target: unknown, key: string | number): unknown {
  return typeof target === 'object' && target !== null && Object.prototype.hasOwnProperty.call(target, key)
    ? (target as Record<string | number, unknown>)[key]
    : undefined;
}
