import { defineNode } from '../graph/define-node';
import type { Node } from '../graph/node';
import type { OperationOptions } from '../graph/operation-options';
import type { JsonValue, Length, KnownKind } from 'stemma-document';
import type { Probe } from '../engine/probe';
import type { Run } from '../engine/run';
import type { SourcePlace } from '../engine/source-stage';
import type { Stage } from '../engine/stage';

/** What a source says of itself. `describe` names a row where its number alone does not say enough. */
export interface SourceDefinition {
  kind: KnownKind;
  /** As `optionsOf` returned them. */
  options: Partial<OperationOptions>;
  recorded?: { [name: string]: JsonValue };
  fn?: unknown;
  files?: readonly string[];
  /** Why it cannot be read a second time; null where it can. */
  readOnce?: string | null;
  length: Length;
  describe?: (row: number) => string;
  open: (place: SourcePlace, probe: Probe | null, run: Run) => Stage;
}

/** The common part of all sources. */
export function sourceNode(definition: SourceDefinition): Node {
  const { kind, options, length, open, fn, files, recorded, readOnce } = definition;
  return defineNode({
    kind,
    options,
    recorded,
    fn,
    files,
    readOnce,
    length: () => length,
    open: ({ run, pass, epochs, probe, node }) => {
      const { label, identity } = node;
      const describe = definition.describe ?? ((row: number) => `${label} item ${row}`);
      const ordinal = run.addSource(node, { describe, identity, epoch: epochs.firstPass + pass });
      const its = epochs.firstPass + pass;
      const isAt: SourcePlace['isAt'] = (place) => place.source === node && place.pass === its;
      return open({ kind, label, ordinal, isAt }, probe, run);
    },
  });
}
