import type { TypedArray } from '../../tensor/tensor';

const MAX_SCANNED = 1024;

/** Of the finite elements; all null where there is none. */
export interface TensorMoments {
  min: number | null;
  max: number | null;
  mean: number | null;
}

/** Minimum, maximum and mean of at most 1,024 evenly spread elements. */
export function momentsOf(data: TypedArray): TensorMoments {
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let count = 0;
  const stride = Math.max(1, Math.ceil(data.length / MAX_SCANNED));
  for (let i = 0; i < data.length; i += stride) {
    const value = Number(data[i]);
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    count++;
  }
  return count === 0 ? { min: null, max: null, mean: null } : { min, max, mean: sum / count };
}
