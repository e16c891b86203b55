import { allRows } from '../../graph/row-rules';
import { neverEnds } from '../../graph/endless';
import { ChosenEpoch } from '../../graph/epochs';
import { defineNode } from '../../graph/define-node';
import type { Node } from '../../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../../graph/operation-options';
import type { OptionTypes } from '../../util/options';
import { sourcesOf } from '../../graph/sources';
import { noteWarning, warn } from '../../graph/warnings';
import { countOf } from '../../graph/length';
import { differenceOf, type Recipe, recipeOf } from '../../graph/recipe';
import type { Length } from 'stemma-document';
import { CacheStage, ReadStage } from './cache-stage';
import { FileCache } from './file-cache';
import { MemoryCache } from './memory-cache';

/** The options of `cache`. */
export interface CacheOptions extends OperationOptions {
  /**
   * Keep the items in a file in this folder instead of in memory, so that they outlive the process. Needs a `key`.
   * Functions and instances of classes cannot be kept and are errors.
   */
  folder?: string;
  /** The name of the contents, such as `digits-28px-v2`. A file with the same key is used again. */
  key?: string;
}

const OPTIONS: OptionTypes<CacheOptions> = { ...OPERATION_OPTIONS, folder: 'text', key: 'text' };

/** One run that ends early is a look, two are a habit. */
const NOTHING_KEPT =
  'runs end before all items were read, so that nothing is kept, and what is before the cache runs again in each of them ' +
  '(read it to its end once, or put take(n) before it)';

export function cache(parent: Node, options?: Options<CacheOptions>): Node {
  const given = optionsOf(options, 'cache', OPTIONS);
  if ((given.folder === undefined) !== (given.key === undefined))
    throw new TypeError(
      `invalid options of cache: a ${given.key === undefined ? 'folder without a key' : 'key without a folder'} ` +
        '(a cache on disk needs both: where the items lie, and a key that you change when what makes them changes)',
    );
  if (parent.endless) throw neverEnds('cache', parent, 'put cache before repeat, or use take(n) before it');
  const store =
    given.folder === undefined
      ? new MemoryCache()
      : new FileCache(given.folder, given.key!, given.identifier ?? 'cache', {
          sources: () => sourcesOf(parent),
          recipe: () => recipeOf(parent),
          objection: (items) => objectionOf(parent.length(), items),
          compare: (kept) => {
            const difference = kept === undefined ? null : differenceOf(kept as Recipe, recipeOf(parent));
            if (difference !== null) warn(made, otherCode(given.key!, difference));
          },
        });
  let discarded = 0;
  const made: Node = defineNode({
    kind: 'cache',
    parents: [parent],
    options: given,
    recorded: given.folder === undefined ? { kept: 'memory' } : { kept: 'disk', folder: given.folder, key: given.key! },
    rows: allRows,
    length: () => parent.length(),
    // Always the first epoch: what is kept must not depend on how many runs before were broken off.
    epoch: 0,
    open: ({ run, pass, epochs, node, probe, parent: upstream }) => {
      const place = { kind: 'cache', label: node.label };
      const epochOf = (kept: number): number => epochs.firstPass + pass * parent.epochs + kept;
      return store.complete
        ? new ReadStage(store.read(run, epochOf), place, probe)
        : new CacheStage(
            upstream(0, 0, new ChosenEpoch(0, 0)),
            store.write(run),
            place,
            probe,
            run,
            epochOf,
            exactly(parent),
            () => {
              if (++discarded === 2) noteWarning(node, NOTHING_KEPT);
            },
          );
    },
  });
  return made;
}

/** Why `items` items in a file cannot be those of a stream of this length. */
function objectionOf(length: Length, items: number): string | null {
  const fits =
    length.kind === 'exact' ? items === length.items : length.kind === 'atMost' ? items <= length.items : true;
  if (fits) return null;
  return `expected ${countOf(length)}, as known from what is before it, got ${items} of another pipeline (change the key to keep both)`;
}

function otherCode(key: string, difference: string): string {
  return `the cache "${key}" may hold other items than are made now: ${difference} (change the key, or delete the file, to make them again)`;
}

function exactly(parent: Node): number | null {
  const length = parent.length();
  return length.kind === 'exact' ? length.items : null;
}
