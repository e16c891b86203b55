import { type Artifact, type ArtifactExecution, joinSchemas, printSchema, totalArtifact } from 'stemma-document';

/** What is known of the items of a stream, or of several as of one. */
export type StreamFacts = Pick<
  ArtifactExecution,
  'items' | 'schema' | 'schemaText' | 'schemaItems' | 'fields' | 'anomaly'
>;

/** Of several streams that are drawn as one, what is known of all their items together. */
export function streamsTogether(all: readonly Artifact[]): StreamFacts {
  const [first, ...others] = all;
  if (first && others.length === 0) {
    return first.execution;
  }
  const { fields, items, anomaly, schemaItems } = totalArtifact(
    all.map(({ length, execution }) => ({ ...execution, length })),
  );
  const schema = all.map(({ execution }) => execution.schema).reduce(joinSchemas, null);
  return { items, anomaly, schemaItems, fields, schema, schemaText: schema === null ? null : printSchema(schema) };
}
