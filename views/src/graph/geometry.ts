import { BOX } from './node-box';
import type { Orientation } from './orientation';

/** Sizes that layout and drawing share, in pixels. */
export const SIZE = {
  processWidth: BOX.width,
  processHeight: BOX.height,
  /** From the middle of a process to the middle of the artifact that it makes. */
  toArtifact: 34,
  /** From the middle of a process to the next one below. */
  toProcess: 72,
  column: 188,
  /** What the text of an artifact may take where the items flow to the right. */
  artifactText: 96,
} as const;

/** Distances along the flow, and across it. */
export interface Geometry {
  toArtifact: number;
  toProcess: number;
  /**
   * From the middle of an artifact to where its edges turn aside, by track: between what is written there and the next
   * box.
   */
  turns: readonly [number, ...number[]];
  column: number;
  lane: number;
}

export const GEOMETRY: { readonly [orientation in Orientation]: Geometry } = {
  down: { toArtifact: SIZE.toArtifact, toProcess: SIZE.toProcess, turns: [14, 10, 18], column: SIZE.column, lane: 20 },
  right: { toArtifact: 106, toProcess: 310, turns: [12, 8, 16], column: 46, lane: 14 },
};
