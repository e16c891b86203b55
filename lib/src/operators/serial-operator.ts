import { defineNode, type NodeDefinition } from '../graph/define-node';
import type { Node } from '../graph/node';
import type { OperationOptions } from '../graph/operation-options';
import { type Serial, SerialStage } from '../engine/serial-stage';
import type { FunctionContext } from '../engine/user-function';
import type { JsonValue, Length, KnownKind } from 'stemma-document';

/** The common part of the operations whose function is called for one item after the other. */
export function serialNode(definition: {
  kind: KnownKind;
  parent: Node;
  fn: unknown;
  /** As `optionsOf` returned them. */
  options: Partial<OperationOptions>;
  recorded?: { [name: string]: JsonValue };
  rows?: NodeDefinition['rows'];
  length: (length: Length) => Length;
  endless?: boolean;
  /** How a pass of a run begins. */
  begin: (context: FunctionContext) => Serial;
}): Node {
  const { parent, length, begin, ...rest } = definition;
  return defineNode({
    ...rest,
    parents: [parent],
    length: () => length(parent.length()),
    open: ({ run, probe, node, parent: upstream }) => {
      const serial = begin({ signal: run.signal });
      return new SerialStage(upstream(), serial, { kind: node.kind, label: node.label }, run, probe);
    },
  });
}
