import { contentsOf } from '../graph/inputs-hash';
import { contentOf, knowOrder } from '../graph/output-digest';
import { changedCaptures } from './changed-captures';
import type { Artifact, JsonValue, ProvenanceDocument } from '../model/document';
import { printSchema } from '../schema/print-schema';
import { canonicalJson } from '../json/canonical-json';
import { joinSchemas } from '../schema/join-schemas';
import type { NamedProcess } from '../graph/name-graph';
import type { Change } from './change';

/** A process in its document. */
export interface Side {
  node: NamedProcess;
  document: ProvenanceDocument;
}

const COUNTS = ['runs', 'itemsIn', 'itemsOut', 'skipped', 'failed'] as const;

/** All that differs, apart from times. */
export function changesOf(a: Side, b: Side): Change[] {
  const changes: Change[] = [];
  const compare = (layer: Change['layer'], path: string, before: JsonValue, after: JsonValue): void => {
    if (canonicalJson(before) !== canonicalJson(after)) changes.push({ layer, path, a: before, b: after });
  };
  const { definition: before } = a.node;
  const { definition: after } = b.node;
  compare('definition', 'label', before.label, after.label);
  for (const name of new Set([...Object.keys(before.options), ...Object.keys(after.options)]))
    compare('definition', `options.${name}`, before.options[name] ?? null, after.options[name] ?? null);
  if (before.code !== after.code) changes.push({ layer: 'definition', path: 'code', a: sourceOf(a), b: sourceOf(b) });
  changes.push(...changedCaptures(a.node.process.code, b.node.process.code));
  const contents = [a, b].map(({ node, document }) => contentsOf(node.process, document));
  if (contents.every((one) => one !== null)) compare('inputs', 'contents', contents[0]!, contents[1]!);
  const inOrder = knowOrder(a.document, b.document);
  const [outputA, outputB] = [a, b].map((side) => contentOf(outputOf(side), inOrder));
  if (outputA !== null && outputB !== null) compare('output', 'digest', outputA!, outputB!);
  const { execution: executionA } = a.node.process;
  const { execution: executionB } = b.node.process;
  compare('execution', 'state', executionA.state, executionB.state);
  for (const count of COUNTS) compare('execution', count, executionA[count], executionB[count]);
  compare('execution', 'schema', schemaOf(a), schemaOf(b));
  return changes;
}

/** As it was written: comments are shown, though they are not compared. */
const sourceOf = ({ node }: Side): string | null => node.process.code?.source ?? null;

const outputOf = ({ node, document }: Side): Artifact | undefined =>
  document.artifacts.find(({ id }) => id === node.process.outputs[0]);

/**
 * Of its output, in the talk's notation; fields are in the order of a merged document, since their order has no
 * meaning.
 */
function schemaOf(side: Side): string | null {
  const output = outputOf(side);
  const schema = joinSchemas(output?.execution.schema ?? null, null);
  return schema === null ? null : printSchema(schema);
}
