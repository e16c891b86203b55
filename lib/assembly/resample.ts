// The inner loops of image resampling, in AssemblyScript: `node lib/assembly/build.mjs` compiles them to
// `lib/src/images/resample-wasm.ts`. Memory belongs to the caller, who says where everything lies.

/**
 * `row[x] = Σ weight × source[x]` over pairs of rows of bytes. Weights are pairs of i16; the sums are stored as f32.
 * Reads and writes whole blocks of 16, so both buffers are longer than the row.
 */
function blendBytes(source: usize, stride: i32, weights: usize, pairs: i32, row: usize): void {
  for (let x = 0; x < stride; x += 16) {
    let a = i32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let at = source + x;
    let w = weights;
    for (let k = 0; k < pairs; k++) {
      const weight = v128.load32_splat(w);
      const upper = v128.load(at);
      const lower = v128.load(at + stride);
      const left = i8x16.shuffle(upper, lower, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      const right = i8x16.shuffle(upper, lower, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
      a = i32x4.add(a, i32x4.dot_i16x8_s(weight, i16x8.extend_low_i8x16_u(left)));
      b = i32x4.add(b, i32x4.dot_i16x8_s(weight, i16x8.extend_high_i8x16_u(left)));
      c = i32x4.add(c, i32x4.dot_i16x8_s(weight, i16x8.extend_low_i8x16_u(right)));
      d = i32x4.add(d, i32x4.dot_i16x8_s(weight, i16x8.extend_high_i8x16_u(right)));
      at += stride << 1;
      w += 4;
    }
    const out = row + (x << 2);
    v128.store(out, f32x4.convert_i32x4_s(a));
    v128.store(out, f32x4.convert_i32x4_s(b), 16);
    v128.store(out, f32x4.convert_i32x4_s(c), 32);
    v128.store(out, f32x4.convert_i32x4_s(d), 48);
  }
}

/** The same for samples of 16 bits, which are rare. `length`: samples in a row. */
function blendWords(source: usize, length: i32, weights: usize, pairs: i32, row: usize): void {
  for (let x = 0; x < length; x++) {
    let sum = 0;
    let at = source + (x << 1);
    for (let k = 0; k < pairs << 1; k++) {
      sum += <i32>load<i16>(weights + (k << 1)) * <i32>load<u16>(at);
      at += length << 1;
    }
    store<f32>(row + (x << 2), <f32>sum);
  }
}

/**
 * Resamples an interleaved image of 1 to 4 channels.
 *
 * `vertical`: for each output row the first source row (i32) and `pairs` pairs of weights (i16). `horizontal`: for each
 * output column the first source column (i32) and `taps` weights (f32), in which the output's scale is included. `row`:
 * room for one source row of f32, zeros behind it. Output steps are in bytes and may be negative.
 */
export function resample(
  source: usize,
  width: i32,
  channels: i32,
  words: bool,
  vertical: usize,
  pairs: i32,
  horizontal: usize,
  taps: i32,
  row: usize,
  output: usize,
  outWidth: i32,
  outHeight: i32,
  columnStep: i32,
  rowStep: i32,
  channelStep: i32,
  floats: bool,
): void {
  const length = width * channels;
  const pixel = channels << 2;
  let v = vertical;
  for (let y = 0; y < outHeight; y++) {
    const first = load<i32>(v);
    if (words) blendWords(source + ((first * length) << 1), length, v + 4, pairs, row);
    else blendBytes(source + first * length, length, v + 4, pairs, row);
    v += 4 + (pairs << 2);
    let h = horizontal;
    let out = output + y * rowStep;
    for (let x = 0; x < outWidth; x++) {
      let at = row + load<i32>(h) * pixel;
      h += 4;
      let sum = f32x4.mul(v128.load32_splat(h), v128.load(at));
      h += 4;
      for (let k = 1; k < taps; k++) {
        at += pixel;
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(h), v128.load(at)));
        h += 4;
      }
      if (floats) {
        v128.store32_lane(out, sum, 0);
        if (channels > 1) v128.store32_lane(out + channelStep, sum, 1);
        if (channels > 2) v128.store32_lane(out + 2 * channelStep, sum, 2);
        if (channels > 3) v128.store32_lane(out + 3 * channelStep, sum, 3);
      } else {
        const bytes = i32x4.trunc_sat_f32x4_u(f32x4.add(sum, f32x4.splat(0.5)));
        v128.store8_lane(out, bytes, 0);
        if (channels > 1) v128.store8_lane(out + channelStep, bytes, 4);
        if (channels > 2) v128.store8_lane(out + 2 * channelStep, bytes, 8);
        if (channels > 3) v128.store8_lane(out + 3 * channelStep, bytes, 12);
      }
      out += columnStep;
    }
  }
}
