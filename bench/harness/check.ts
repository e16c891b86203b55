/** One thing that a check measured, and what was wanted of it. */
export interface Measurement {
  what: string;
  measured: number;
  unit: string;
  /** The required minimum or maximum; neither where the figure only informs. */
  atMost?: number;
  atLeast?: number;
}

/** Measures the library alone against fixed targets, in a process of its own. */
export interface Check {
  name: string;
  title: string;
  measure: (effort: { runs: number; quick: boolean }) => Promise<Measurement[]>;
}

export interface CheckResult {
  name: string;
  title: string;
  measurements: (Measurement & { met: boolean | null })[];
}

export function isMet({ measured, atMost, atLeast }: Measurement): boolean | null {
  if (atMost === undefined && atLeast === undefined) return null;
  return measured <= (atMost ?? Infinity) && measured >= (atLeast ?? -Infinity);
}
