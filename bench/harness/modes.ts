import { provenance } from 'stemma';

/** How much Stemma records, as three variants of each race. */
export const MODES = ['off', 'on', 'time everything'] as const;
export type Mode = (typeof MODES)[number];

export const stemma = (mode: Mode): string => `stemma, recording ${mode === 'time everything' ? `on, ${mode}` : mode}`;

/** For all operations declared from now on. */
export function record(mode: Mode): void {
  provenance.recording = mode !== 'off';
  provenance.settings.timing = mode === 'time everything' ? 'everything' : 'sampled';
}
