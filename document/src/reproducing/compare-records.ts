import { canonicalHash } from '../graph/canonical-hash';
import { inputsOf, nameCurrent } from '../graph/inputs-hash';
import type { NamedProcess } from '../graph/name-graph';
import { outputDigest } from '../graph/output-digest';
import { hashJson } from '../json/canonical-json';
import type { Change } from '../comparing/change';
import { changesOf, type Compared, comparedOf } from '../comparing/changes';
import { matchUp } from '../comparing/match';
import type { JsonValue, Process, ProvenanceDocument } from '../model/document';
import { checkGiven } from '../reading/check-given';
import { commonSamples, comparableSummary, type CommonSample } from './common-samples';
import { artifactOf, compareOutputs, type OutputVerdict, type RecordedStep } from './compare-outputs';
import { compareValues } from './compare-values';
import { type EnvironmentChange, environmentChanges } from './environment-changes';

/** A record, known by its hashes. */
export interface RecordHashes {
  /** SHA-256 of the document's canonical JSON: its `checksum`. */
  document: string;
  session: string;
  definition: string;
  inputs: string;
  output: string | null;
}

/** A step of the original, and what came out of it again. `missing`: the repetition has no such step. */
export interface ReproducedStep {
  id: string;
  kind: string;
  label: string;
  verdict: OutputVerdict['verdict'] | 'missing';
  basis: OutputVerdict['basis'] | 'definition';
}

/** A step whose inputs are the same, as far as they are known, and whose output is not. */
export interface FirstDifference extends ReproducedStep {
  /** What differs in its code, options, captured values and contents. */
  changes: Change[];
  /** A few items of its output, side by side. */
  samples: CommonSample[];
  /** Steps before it of whose output nothing is known for sure, back to the nearest that is the same. */
  unverified: string[];
}

/** How a repetition compares with its original. */
export interface Reproduction {
  format: 'stemma-reproduction';
  version: '1.0';
  /** `same`: byte for byte; `close`: within the tolerance; `unknown`: the records have nothing to compare. */
  verdict: 'same' | 'close' | 'different' | 'unknown';
  /** Relative, of numbers. */
  tolerance: number;
  original: RecordHashes;
  repeated: RecordHashes;
  environment: EnvironmentChange[];
  /** In the order of the graph: several where they do not depend on each other. */
  first: FirstDifference[];
  steps: ReproducedStep[];
}

const MOST_SAMPLES = 3;

/**
 * Compares a record with that of a repetition, in the order of the graph, and names the first steps whose inputs agree
 * and whose output does not. Streams, values and files are the same where their digests are; where a record has none,
 * counts and the items that both have kept tell. `tolerance`: how far apart numbers may be, relative to the larger.
 *
 * @throws RangeError for a tolerance that is not a number from 0 to 1.
 * @example
 * compareRecords(readDocument('a.json'), readDocument('b.json')).first; // []
 */
export function compareRecords(
  original: ProvenanceDocument,
  repeated: ProvenanceDocument,
  { tolerance = 0 }: { tolerance?: number } = {},
): Reproduction {
  for (const document of [original, repeated]) checkGiven(document, 'compareRecords');
  if (!(tolerance >= 0 && tolerance <= 1))
    throw new RangeError(`invalid tolerance of compareRecords: expected a number from 0 to 1, got ${tolerance}`);
  const [before, after] = [original, repeated].map(nameCurrent);
  const [was, is] = [comparedOf(original), comparedOf(repeated)];
  const counterparts = new Map([...matchUp(before!, after!)].map(([node, { node: other }]) => [other, node]));
  const nodes = [...before!].sort((a, b) => a.depth - b.depth);
  const ordered = inDefinedOrder(nodes);
  const steps = nodes.map((node) => compareStep(node, counterparts.get(node), { was, is, tolerance, ordered }));
  const graph = new Upstream(steps);
  promoteSuspects(steps, graph);
  return {
    format: 'stemma-reproduction',
    version: '1.0',
    verdict: verdictOf(steps),
    tolerance,
    original: hashesOf(original),
    repeated: hashesOf(repeated),
    environment: environmentChanges(original, repeated),
    first: steps
      .filter((step) => isDifferent(step) && !graph.of(step).some(isDifferent))
      .map((step) => describeFirst(step, graph, tolerance)),
    steps: steps.map(({ shown }) => shown),
  };
}

interface Records {
  was: Compared;
  is: Compared;
  tolerance: number;
  ordered: ReadonlySet<Process>;
}

interface Step {
  process: Process;
  /** In each record; null where the repetition has none. */
  sides: readonly [original: RecordedStep, repeated: RecordedStep] | null;
  changes: Change[];
  shown: ReproducedStep;
}

const isDifferent = ({ shown }: Step): boolean => shown.verdict === 'different' || shown.verdict === 'missing';
const isUnverified = ({ shown }: Step): boolean => shown.verdict === 'unknown' || shown.verdict === 'alike';

/** What steps depend on. */
class Upstream {
  readonly #producers: ReadonlyMap<string, Step>;

  constructor(steps: readonly Step[]) {
    this.#producers = new Map(steps.flatMap((step) => step.process.outputs.map((id) => [id, step] as const)));
  }

  of({ process }: Step): Step[] {
    return [...process.inputs, ...process.uses].flatMap((id) => this.#producers.get(id) ?? []);
  }

  /** Steps before it that nothing is known of for sure, nearest first. */
  unverified(step: Step): Step[] {
    const found = new Set(this.of(step).filter(isUnverified));
    // A set that grows while it is iterated shows what is added, too.
    for (const one of found) for (const before of this.of(one)) if (isUnverified(before)) found.add(before);
    return [...found];
  }
}

function compareStep(node: NamedProcess, other: NamedProcess | undefined, records: Records): Step {
  const { was, is, tolerance, ordered } = records;
  const { process } = node;
  const { id, kind, label } = process;
  const named = { id, kind, label };
  if (other === undefined)
    return { process, sides: null, changes: [], shown: { ...named, verdict: 'missing', basis: null } };
  const changes = changesOf({ node, ...was }, { node: other, ...is }).filter(
    ({ layer }) => layer === 'definition' || layer === 'inputs',
  );
  const sides = [
    { process, ...was },
    { process: other.process, ...is },
  ] as const;
  const found = compareOutputs(...sides, { tolerance, inOrder: ordered.has(process) });
  return { process, sides, changes, shown: { ...named, ...found } };
}

/** The steps whose items come in an order that their definition decides; `nodes`: from the sources on. */
function inDefinedOrder(nodes: readonly NamedProcess[]): Set<Process> {
  const found = new Set<Process>();
  const unordered = new Set<string>();
  for (const { process } of nodes)
    if (process.options.ordered === false || process.inputs.some((id) => unordered.has(id)))
      for (const id of process.outputs) unordered.add(id);
    else found.add(process);
  return found;
}

/** A step of which nothing is known but that its code or values are others is to blame for what differs behind it. */
function promoteSuspects(steps: readonly Step[], graph: Upstream): void {
  for (const step of steps.filter(isDifferent))
    for (const suspect of graph.unverified(step))
      if (suspect.changes.length > 0) suspect.shown = { ...suspect.shown, verdict: 'different', basis: 'definition' };
}

function describeFirst(step: Step, graph: Upstream, tolerance: number): FirstDifference {
  const { sides, shown, changes } = step;
  const differing = (sides === null ? [] : commonItems(...sides)).filter(
    ({ original, repeated }) =>
      compareValues(comparableSummary(original), comparableSummary(repeated), tolerance) === 'different',
  );
  const unverified = graph.unverified(step).map((one) => one.shown.id);
  return { ...shown, changes, samples: differing.slice(0, MOST_SAMPLES), unverified };
}

function commonItems(original: RecordedStep, repeated: RecordedStep): CommonSample[] {
  const [a, b] = [artifactOf(original), artifactOf(repeated)];
  return a === undefined || b === undefined ? [] : commonSamples(a, b, original.document, repeated.document);
}

function verdictOf(steps: readonly Step[]): Reproduction['verdict'] {
  const has = (verdict: ReproducedStep['verdict']): boolean => steps.some(({ shown }) => shown.verdict === verdict);
  if (steps.some(isDifferent)) return 'different';
  if (has('close')) return 'close';
  return has('same') ? 'same' : 'unknown';
}

function hashesOf(document: ProvenanceDocument): RecordHashes {
  const { checksum: _, ...content } = document;
  return {
    document: hashJson(content as unknown as JsonValue),
    session: document.session.id,
    definition: canonicalHash(document),
    inputs: inputsOf(document).hash,
    output: outputDigest(document),
  };
}
