import { contentsOf } from '../graph/inputs-hash';
import { canonicalJson } from '../json/canonical-json';
import type { Compared } from '../comparing/changes';
import type { Artifact, Process } from '../model/document';
import { commonSamples, comparableSummary } from './common-samples';
import { compareValues, type Likeness } from './compare-values';

/** A step in its record. */
export interface RecordedStep extends Compared {
  process: Process;
}

/**
 * What came out of a step again. `alike`: the record has no digest, and all items that both have kept are the same;
 * `unknown`: there is nothing to compare.
 */
export interface OutputVerdict {
  verdict: Likeness | 'alike' | 'unknown';
  /** How that is known; null where it is not. */
  basis: 'contents' | 'files' | 'digest' | 'order' | 'state' | 'count' | 'samples' | null;
}

interface Comparing {
  tolerance: number;
  /** False where calls that are done first come first. */
  inOrder: boolean;
}

/** Only the contents of files count here. */
const NO_STREAMS: ReadonlyMap<string, Artifact> = new Map();

const UNKNOWN: OutputVerdict = { verdict: 'unknown', basis: null };

/** Whether what came out of a step is the same in two records. */
export function compareOutputs(a: RecordedStep, b: RecordedStep, comparing: Comparing): OutputVerdict {
  const [before, after] = [a, b].map(({ process }) => contentsOf(process, NO_STREAMS));
  const areFiles = [a, b].every(({ process }) => process.execution.files !== undefined);
  if (areFiles && canonicalJson(before!) !== canonicalJson(after!)) return { verdict: 'different', basis: 'contents' };
  if (a.process.execution.state !== b.process.execution.state) return { verdict: 'different', basis: 'state' };
  const verdicts = a.process.outputs.map((_, index) => compareArtifacts(a, b, index, comparing));
  if (verdicts.length === 0) return compareCounts(a.process, b.process);
  return ORDER.flatMap((wanted) => verdicts.find(({ verdict }) => verdict === wanted) ?? [])[0] ?? UNKNOWN;
}

const ORDER: OutputVerdict['verdict'][] = ['different', 'close', 'unknown', 'alike', 'same'];

/** Of a step without an output, such as a loop. */
function compareCounts({ execution: a }: Process, { execution: b }: Process): OutputVerdict {
  const [before, after] = [a.latestRun?.itemsIn, b.latestRun?.itemsIn];
  if (a.state !== 'complete' || before === undefined || after === undefined) return UNKNOWN;
  return before === after ? { verdict: 'alike', basis: 'count' } : { verdict: 'different', basis: 'count' };
}

function compareArtifacts(a: RecordedStep, b: RecordedStep, index: number, comparing: Comparing): OutputVerdict {
  const [left, right] = [artifactOf(a, index), artifactOf(b, index)];
  if (left === undefined || right === undefined) return UNKNOWN;
  return (
    compareWritten(left, right) ??
    compareDigests(left, right, { a, b, ...comparing }) ??
    compareKept(left, right, { a, b, ...comparing })
  );
}

export const artifactOf = ({ process, artifacts }: RecordedStep, index = 0): Artifact | undefined =>
  artifacts.get(process.outputs[index] ?? '');

function compareWritten({ execution: a }: Artifact, { execution: b }: Artifact): OutputVerdict | null {
  if (a.written === undefined || b.written === undefined) return null;
  const [before, after] = [a.written, b.written].map((files) => files.map(({ sha256 }) => sha256).join(' '));
  return { verdict: before === after ? 'same' : 'different', basis: 'files' };
}

type Pair = Comparing & { a: RecordedStep; b: RecordedStep };

/** Null where there are none that can be compared. */
function compareDigests(left: Artifact, right: Artifact, pair: Pair): OutputVerdict | null {
  const [a, b] = [left.execution.digest, right.execution.digest];
  if (a === undefined || b === undefined || a.partial !== b.partial) return null;
  const isSameSet = a.items === b.items && a.unordered === b.unordered;
  const inOrder = pair.inOrder && a.ordered !== undefined && b.ordered !== undefined;
  if (isSameSet && (!inOrder || a.ordered === b.ordered)) return { verdict: 'same', basis: 'digest' };
  // How far ahead a step was that nobody read to its end depends on the moment.
  if (a.items !== b.items && pair.a.process.execution.state !== 'complete') return null;
  const basis = isSameSet ? 'order' : 'digest';
  if (pair.tolerance > 0 && a.items === b.items && !isSameSet) {
    const kept = compareKept(left, right, pair);
    if (kept.verdict === 'close') return kept;
  }
  return { verdict: 'different', basis };
}

/** By counts, and by the items that both records have. */
function compareKept(left: Artifact, right: Artifact, { a, b, tolerance, inOrder }: Pair): OutputVerdict {
  const isWhole = a.process.execution.state === 'complete';
  if (isWhole && left.execution.currentItems !== right.execution.currentItems)
    return { verdict: 'different', basis: 'count' };
  if (!inOrder) return UNKNOWN;
  const samples = commonSamples(left, right, a.document, b.document);
  if (samples.length === 0) return UNKNOWN;
  const found = samples.map(({ original, repeated }) =>
    compareValues(comparableSummary(original), comparableSummary(repeated), tolerance),
  );
  if (found.includes('different')) return { verdict: 'different', basis: 'samples' };
  return { verdict: found.includes('close') ? 'close' : 'alike', basis: 'samples' };
}
