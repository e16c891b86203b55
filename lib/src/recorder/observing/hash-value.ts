import { hashText, mix } from '../../util/random';

/** A hash of 32 bits, without a sign; values of different types differ. */
export function hashValue(value: string | number | boolean): number {
  return typeof value === 'number' ? hashNumber(value) : mix(hashText(`${typeof value}:${value}`)) >>> 0;
}

const float = new Float64Array(1);
const words = new Int32Array(float.buffer);

function hashNumber(value: number): number {
  float[0] = value;
  return mix(words[0]! ^ mix(words[1]!)) >>> 0;
}
