import type { Node } from '../../../graph/node';
import { type Options, optionsOf } from '../../../graph/operation-options';
import { checkCount, checkPath, inWords } from '../../../util/check';
import type { OptionTypes } from '../../../util/options';
import { placeToWrite } from '../../../util/repetition';
import { partName } from '../part-name';
import { WRITE_OPTIONS, writeAs, type WriteOptions, type Written } from '../write-file';
import { checkKey, keyOf, sampleOf } from './sample';
import { isNumbered, Shards } from './shards';

/** How `toWebDataset` writes. */
export interface ToWebDatasetOptions<T = unknown> extends WriteOptions {
  /** What the files of a sample are called, but for their extensions. Default: its field `__key__`, else its number. */
  key?: (item: T, index: number) => string;
  /** At most this many samples in an archive. Default 100,000. */
  maxItems?: number;
  /** At most this many bytes in an archive, if it has more than one sample. Default 3 GB. */
  maxBytes?: number;
  /** Replaces all archives of this pattern that there are. Default false: they are an error. */
  overwrite?: boolean;
}

const OPTIONS: OptionTypes<ToWebDatasetOptions> = {
  ...WRITE_OPTIONS,
  key: 'function',
  maxItems: 'any',
  maxBytes: 'any',
  overwrite: 'boolean',
};

export function toWebDataset(node: Node, path: string, given?: Options<ToWebDatasetOptions>): Promise<Written> {
  const { key = keyOf, maxItems, maxBytes, overwrite = false, ...options } = optionsOf(given, 'toWebDataset', OPTIONS);
  const limits = {
    items: maxItems === undefined ? 100_000 : checkCount(maxItems, 'maxItems of toWebDataset', 1),
    bytes: maxBytes === undefined ? 3e9 : checkCount(maxBytes, 'maxBytes of toWebDataset', 1),
  };
  checkPath(path, 'path of toWebDataset');
  const several = isNumbered(path);
  if (!several && (maxItems !== undefined || maxBytes !== undefined || overwrite))
    throw new TypeError(
      `invalid path of toWebDataset: expected one with a place for the number, such as "train-%06d.tar", got ${inWords(path)}`,
    );
  const place = partName(placeToWrite(path), node.session.assignment.shard);
  let shards: Shards | null = null;
  let items = 0;
  let last: string | null = null;
  const take = async (item: unknown, index: number): Promise<void> => {
    const name: unknown = key(item, index);
    checkKey(name);
    // Readers put together what stands side by side under one key.
    if (name === last)
      throw new TypeError(`the key ${inWords(name)} is that of the item before; give each one a key of its own`);
    await shards!.add(await sampleOf(item, name));
    last = name;
    items++;
  };
  return writeAs(
    {
      node,
      kind: 'toWebDataset',
      path,
      options,
      recorded: {
        ...(several ? { maxItems: limits.items, maxBytes: limits.bytes } : {}),
        ...(overwrite ? { overwrite } : {}),
      },
    },
    {
      begin: async () => {
        shards = await Shards.begin(place, several ? limits : { items: Infinity, bytes: Infinity }, overwrite);
      },
      take,
      result: async () => ({ path: place, items, ...(await shards!.complete()) }),
      discard: async () => shards?.discard(),
    },
  );
}
