/**
 * Copies interleaved samples of `from` channels as `to` channels: grey is repeated, alpha left out or added as opaque,
 * and grey made of colour with the weights of ITU-R BT.601, as JPEG, Pillow and TensorFlow have them.
 */
export function convertChannels(samples: Samples, from: number, to: number, target: Samples): void {
  if (from === to) {
    target.set(samples);
    return;
  }
  const opaque = samples instanceof Uint16Array ? 65_535 : 255;
  const pixels = target.length / to;
  for (let i = 0, s = 0, t = 0; i < pixels; i++, s += from, t += to) {
    if (to === 1) {
      target[t] = from < 3 ? samples[s]! : luma(samples[s]!, samples[s + 1]!, samples[s + 2]!);
      continue;
    }
    for (let c = 0; c < 3; c++) target[t + c] = samples[from < 3 ? s : s + c]!;
    if (to === 4) target[t + 3] = from % 2 === 0 ? samples[s + from - 1]! : opaque;
  }
}

export type Samples = Uint8Array | Uint16Array;

const luma = (red: number, green: number, blue: number): number =>
  Math.round(red * 0.299 + green * 0.587 + blue * 0.114);

/** The same bytes as samples of one or two bytes. */
export function samplesIn(bytes: Buffer, bytesPerSample: 1 | 2): Samples {
  return bytesPerSample === 1 ? bytes : new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
}
