/** Grey from colour with the weights of ITU-R BT.601, as JPEG, Pillow and TensorFlow have them; alpha is left out. */
export function luma(samples: Buffer, channels: number, bytesPerSample: 1 | 2, target: Buffer): void {
  const arrayOf = (buffer: Buffer): Uint8Array | Uint16Array =>
    bytesPerSample === 1 ? buffer : new Uint16Array(buffer.buffer, buffer.byteOffset, buffer.length / 2);
  const from = arrayOf(samples);
  const to = arrayOf(target);
  for (let i = 0, at = 0; i < to.length; i++, at += channels)
    to[i] = Math.round(from[at]! * 0.299 + from[at + 1]! * 0.587 + from[at + 2]! * 0.114);
}
