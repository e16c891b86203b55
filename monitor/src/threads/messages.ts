/** What the main thread, where the recorder is, and the monitor's worker thread say to each other. */
import type { Patch, ProvenanceDocument } from 'stemma';
import type { BinarySample } from 'stemma/host';

/** The samples of one artifact; images are RGB bytes, which the worker encodes. */
export interface SampledPixels {
  artifact: string;
  samples: BinarySample[];
}

/** `createdMs`: milliseconds since the epoch. */
export type ToWorker =
  /** All that the recorder knows, without samples. */
  | { kind: 'session'; createdMs: number; document: ProvenanceDocument }
  /** What is new; also the reply to `take`, then `patch` may be null. `rest`: more samples wait. */
  | { kind: 'record'; createdMs: number; patch: Patch | null; samples: SampledPixels[]; rest: boolean }
  /** There is something to take, in this many milliseconds. */
  | { kind: 'dirty'; waitMs: number }
  /** `isLast`: nothing else goes on with what this worker did. */
  | { kind: 'stop'; isLast: boolean };

export type ToMain =
  | { kind: 'ready'; url: string }
  | { kind: 'failed'; message: string }
  /** Send what is new now. */
  | { kind: 'take' }
  /** Somebody follows, or nobody: patches are wanted often or seldom. */
  | { kind: 'followed'; isFollowed: boolean };
