import { someRows } from '../graph/row-rules';
import { atMost } from '../graph/length';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import { LEFT_OUT } from '../engine/serial-stage';
import type { FunctionContext } from '../engine/user-function';
import { checkCount } from '../util/check';
import type { OptionTypes } from '../util/options';
import { serialNode } from './serial-operator';
import { ValueSet } from './value-set';

/** The options of `distinct`. */
export interface DistinctOptions<T = unknown> extends OperationOptions {
  /** Returns the key to compare items by. Default: the item itself. */
  key?: (item: T, context: FunctionContext) => unknown;
  /** The maximum number of different keys, which are kept in memory. Default 1,000,000. */
  maxKeys?: number;
}

const OPTIONS: OptionTypes<DistinctOptions> = { ...OPERATION_OPTIONS, key: 'function', maxKeys: 'any' };

const DEFAULT_MAX_KEYS = 1_000_000;

export function distinct(parent: Node, options?: Options<DistinctOptions<never>>): Node {
  const given = optionsOf(options as Options<DistinctOptions>, 'distinct', OPTIONS);
  const { key } = given;
  const { maxKeys = DEFAULT_MAX_KEYS } = given;
  checkCount(maxKeys, 'maxKeys', 1);
  return serialNode({
    kind: 'distinct',
    parent,
    fn: key,
    options: given,
    recorded: { maxKeys },
    rows: someRows,
    length: atMost,
    begin: (context) => {
      const keys = new ValueSet();
      return {
        ask: (item) => (key === undefined ? item : key(item, context)),
        decide: (returned, item) => (keys.add(returned, maxKeys) ? item : LEFT_OUT),
      };
    },
  });
}
