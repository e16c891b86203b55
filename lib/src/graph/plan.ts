import type { ProvenanceDocument } from 'stemma-document';
import type { ArtifactRecord } from '../recorder/artifact-record';
import type { ProcessRecord } from '../recorder/process-record';
import { Session } from '../recorder/session';
import type { Node } from './node';

/**
 * The operations that lead to `nodes`, and the results that they use, as a document; whether they are recorded or not,
 * and without a trace of it.
 */
export function planOf(nodes: readonly Node[]): ProvenanceDocument {
  const session = new Session(undefined);
  session.assignment = nodes[0]?.session.assignment ?? {};
  const planned = new Map<Node | ProcessRecord, ProcessRecord>();

  const outputOf = (artifact: ArtifactRecord): ArtifactRecord => {
    const { producer, kind, length } = artifact;
    let process = planned.get(producer);
    if (process === undefined) {
      const { inputs, uses, ...definition } = producer.definition;
      const from = { inputs: inputs.map(outputOf), uses: uses.map(outputOf) };
      process = session.declare({ ...definition, ...from, elsewhere: producer }, { kind, length });
      planned.set(producer, process);
    }
    return process.output!;
  };

  const visit = (node: Node): ArtifactRecord => {
    let process = planned.get(node) ?? (node.record === null ? undefined : planned.get(node.record));
    if (process === undefined) {
      const from = { inputs: node.parents.map(visit), uses: node.declaration.uses.map(outputOf) };
      const elsewhere = { code: null, position: node.record?.position ?? null };
      process = session.declare({ ...node.declaration, ...from, elsewhere }, { kind: 'stream', length: node.length() });
      if (node.record !== null) planned.set(node.record, process);
    }
    planned.set(node, process);
    return process.output!;
  };

  nodes.forEach(visit);
  return session.document();
}
