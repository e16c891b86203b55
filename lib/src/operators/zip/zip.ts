import { rowsBefore } from '../../graph/row-rules';
import type { Rows } from '../../graph/rows';
import { countOf, isExactly, zipLengths } from '../../graph/length';
import { defineNode } from '../../graph/define-node';
import type { Node } from '../../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../../graph/operation-options';
import { noteWarning } from '../../graph/warnings';
import { Inlet } from '../../engine/inlet';
import { type ZipEnds, ZipStage } from './zip-stage';
import type { OptionTypes } from '../../util/options';
import { inWords } from '../../util/check';

/** The options of `Dataset.zip`. */
export interface ZipOptions extends OperationOptions {
  /**
   * What to do if the datasets have different lengths. `'together'`, the default: an error, except for infinite
   * datasets. `'shortest'`: stop with the first one that ends, with a warning in the record if items are lost.
   * `'longest'`: continue to the last one, with `undefined` for those that have ended.
   */
  ends?: ZipEnds;
}

const OPTIONS: OptionTypes<ZipOptions> = { ...OPERATION_OPTIONS, ends: 'any' };
const ENDS: readonly unknown[] = ['together', 'shortest', 'longest'];

/** `names`: the items become records with these fields; null: lists. */
export function zip(parents: readonly Node[], names: readonly string[] | null, options?: Options<ZipOptions>): Node {
  const given = optionsOf(options, 'zip', OPTIONS);
  const { ends = 'together' } = given;
  if (!ENDS.includes(ends))
    throw new TypeError(`invalid ends of zip: expected 'together', 'shortest' or 'longest', got ${inWords(ends)}`);
  const called = parents.map(
    (parent, i) => (names === null ? `dataset[${i}]` : `"${names[i]}"`) + ` (${parent.label})`,
  );
  const unequal = knownUnequal(parents, called);
  if (ends === 'together' && unequal !== null)
    throw new TypeError(
      `invalid datasets of zip: they do not end together: ${unequal} (pass ends: 'shortest' to end with the first, 'longest' to fill up with undefined)`,
    );
  const join =
    names === null
      ? (values: unknown[]): unknown => values
      : (values: unknown[]): unknown => Object.fromEntries(names.map((name, i) => [name, values[i]]));
  const node = defineNode({
    kind: 'zip',
    parents,
    options: given,
    recorded: { ...(names === null ? {} : { fields: [...names] }), ends },
    rows: rowsOfPairs,
    length: () =>
      zipLengths(
        parents.map((parent) => parent.length()),
        ends,
      ),
    endless: parents[ends === 'longest' ? 'some' : 'every'](({ endless }) => endless),
    open: ({ run, node, probe, parent }) =>
      new ZipStage(
        parents.map((at, i) => ({ inlet: new Inlet(parent(i), probe), name: called[i]!, endless: at.endless })),
        { label: node.label, ends, join, onCut: (what) => noteCut(node, what) },
        run,
        probe,
      ),
  });
  if (ends === 'shortest' && unequal !== null) noteCut(node, unequal);
  return node;
}

/** An item is known by what its first dataset gave. */
function rowsOfPairs(node: Node): Rows | null {
  const rows = rowsBefore(node);
  return rows?.times === 1 && isExactly(node.length(), rows.count) ? rows : null;
}

/** Once: where it is cut off may be elsewhere in each run. */
function noteCut(node: Node, cut: string): void {
  if (node.record?.warnings.some((known) => known.startsWith('the datasets do not end')) === true) return;
  noteWarning(node, `the datasets do not end together, and what is left of the longer ones is cut off: ${cut}`);
}

/** Says which datasets surely do not end together; null where they may. Those without an end do not count. */
function knownUnequal(parents: readonly Node[], called: readonly string[]): string | null {
  const lengths = parents.map((parent) => parent.length());
  const most = lengths.map((length) => ('items' in length ? length.items : Infinity));
  const least = lengths.map((length) => (length.kind === 'exact' ? length.items : 0));
  const [shortest, longest] = [most.indexOf(Math.min(...most)), least.indexOf(Math.max(...least))];
  if (least[longest]! <= most[shortest]!) return null;
  return [shortest, longest].map((i) => `${called[i]} has ${countOf(lengths[i]!)}`).join(', ');
}
