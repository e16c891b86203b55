import { DEFAULT_LIMITS, type RecorderLimits } from '../settings/settings';

/** What a sampler may take of its session's memory, and whom it tells. */
export interface SampleRoom {
  readonly limits: Readonly<RecorderLimits>;
  /** How many bytes the images of one sample may take now. */
  pictureBytes(): number;
  /** The samples take this many bytes more (or, if negative, fewer) than before. */
  changed(bytes: number): void;
  /** A look failed within the recorder. */
  failed(): void;
}

export const UNBOUNDED: SampleRoom = {
  limits: DEFAULT_LIMITS,
  pictureBytes: () => Infinity,
  changed: () => undefined,
  failed: () => undefined,
};
