import type { Arrival } from './arrivals';

/** How long patches took from their creation in the kernel to the page, in milliseconds. */
export function latencyOf(arrivals: readonly Arrival[]): { patches: number; medianMs: number; p95Ms: number } {
  const delays = arrivals
    .filter(({ type }) => type === 'patch')
    .map(({ createdMs, arrivedMs }) => arrivedMs - createdMs)
    .sort((a, b) => a - b);
  const quantile = (part: number) => delays[Math.min(delays.length - 1, Math.floor(part * delays.length))] ?? NaN;
  return { patches: delays.length, medianMs: quantile(0.5), p95Ms: quantile(0.95) };
}
