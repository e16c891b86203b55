import { DEFAULT_LIMITS, type SummaryLimits } from './settings';

/** What a sampler may take of its session's memory, and whom it tells. */
export interface SampleRoom {
  /** How many samples an artifact may keep. */
  samples(): number;
  /** How much of a value a sample shows. */
  summary(): SummaryLimits;
  /** How many bytes the images of one sample may take now. */
  pictureBytes(): number;
  /** The samples take so many bytes more, or less, than before. */
  changed(bytes: number): void;
  /** A look failed within the recorder. */
  failed(): void;
}

export const UNBOUNDED: SampleRoom = {
  samples: () => DEFAULT_LIMITS.samples,
  summary: () => DEFAULT_LIMITS.summary,
  pictureBytes: () => Infinity,
  changed: () => undefined,
  failed: () => undefined,
};
