import { byId, contentsOf } from '../graph/inputs-hash';
import { contentOf, knowOrder } from '../graph/output-digest';
import { changedCaptures } from './changed-captures';
import type { Artifact, Process, ProvenanceDocument } from '../model/document';
import { latestMetrics } from '../runs/latest-metrics';
import { printSchema } from '../schema/print-schema';
import { joinSchemas } from '../schema/join-schemas';
import type { NamedProcess } from '../graph/name-graph';
import type { Change } from './change';
import { changedStatistics } from './changed-statistics';
import { changedMembers, type Members } from './compare-members';

/** A document to compare, with its artifacts by id. */
export interface Compared {
  document: ProvenanceDocument;
  artifacts: ReadonlyMap<string, Artifact>;
}

export const comparedOf = (document: ProvenanceDocument): Compared => ({
  document,
  artifacts: byId(document.artifacts),
});

/** A process in its document. */
export interface Side extends Compared {
  node: NamedProcess;
}

/** All that differs, apart from times. */
export function changesOf(a: Side, b: Side): Change[] {
  const { definition: before, process: one } = a.node;
  const { definition: after, process: other } = b.node;
  const [from, to] = [outputOf(a), outputOf(b)];
  return [
    ...changedMembers('definition', { label: before.label }, { label: after.label }),
    ...changedMembers('definition', before.options, after.options, 'options.'),
    ...(before.code === after.code
      ? []
      : [{ layer: 'definition' as const, path: 'code', a: sourceOf(a), b: sourceOf(b) }]),
    ...changedCaptures(one.code, other.code),
    ...whereKnown('inputs', 'contents', contentsOf(one, a.artifacts), contentsOf(other, b.artifacts)),
    ...digests(from, to, knowOrder(a.document, b.document)),
    ...changedMembers('output', metricsOf(one), metricsOf(other), 'metrics.'),
    ...changedMembers('execution', figuresOf(a, from), figuresOf(b, to)),
    ...changedStatistics(from, to),
  ];
}

/** The latest value of each figure of a step. */
const metricsOf = (process: Process): Members =>
  Object.fromEntries(latestMetrics(process).map(({ name, value }) => [name, value]));

function whereKnown(layer: Change['layer'], path: string, a: Change['a'], b: Change['b']): Change[] {
  return a === null || b === null ? [] : changedMembers(layer, { [path]: a }, { [path]: b });
}

const digests = (a: Artifact | undefined, b: Artifact | undefined, inOrder: boolean): Change[] =>
  whereKnown('output', 'digest', contentOf(a, inOrder), contentOf(b, inOrder));

/** As it was written: comments are shown, though they are not compared. */
const sourceOf = ({ node }: Side): string | null => node.process.code?.source ?? null;

const outputOf = ({ node, artifacts }: Side): Artifact | undefined => artifacts.get(node.process.outputs[0] ?? '');

/** The schema is in the talk's notation; fields are in the order of a merged document, since theirs has no meaning. */
function figuresOf({ node }: Side, output: Artifact | undefined): Members {
  const { state, runs, itemsIn, itemsOut, skipped, failed } = node.process.execution;
  const schema = joinSchemas(output?.execution.schema ?? null, null);
  return { state, runs, itemsIn, itemsOut, skipped, failed, schema: schema === null ? null : printSchema(schema) };
}
