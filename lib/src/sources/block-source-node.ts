import type { Node } from '../graph/node';
import type { OperationOptions } from '../graph/operation-options';
import { UNKNOWN } from '../graph/length';
import type { Block } from './bad-record';
import { BlockSource } from './block-source';
import type { JsonValue, Length, KnownKind } from 'stemma-document';
import type { OnError } from '../engine/on-error';
import { sourceNode } from './source';

/**
 * The common part of sources whose items come some at a time. For each iteration, `blocks` starts reading when the
 * first item is requested. Rows before `from` it may leave out, as `PassedOver`.
 */
export function blockSourceNode(definition: {
  kind: KnownKind;
  options: Partial<OperationOptions>;
  recorded?: { [name: string]: JsonValue };
  fn?: unknown;
  files?: readonly string[];
  readOnce?: string | null;
  length?: Length;
  describe?: (row: number) => string;
  onError?: OnError;
  blocks: (from: number) => AsyncIterator<Block>;
}): Node {
  const { blocks, onError, length = UNKNOWN, ...rest } = definition;
  return sourceNode({ ...rest, length, open: (place, probe) => new BlockSource(blocks, place, probe, onError) });
}
