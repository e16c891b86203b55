import { inWords } from '../util/check';

/** @throws TypeError unless it is `[low, high]` with a low below a high one, within limits. */
export function ascending(
  value: unknown,
  name: string,
  least = -Infinity,
  most = Infinity,
): [low: number, high: number] {
  const [low, high] = (Array.isArray(value) && value.length === 2 ? value : []) as number[];
  if (Number.isFinite(low) && Number.isFinite(high) && low! < high! && low! >= least && high! <= most)
    return [low!, high!];
  const limits = least === -Infinity && most === Infinity ? '' : `, within ${least} and ${most}`;
  throw new TypeError(`invalid ${name}: expected [low, high] with low below high${limits}, got ${inWords(value)}`);
}
