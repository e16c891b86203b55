import { checkCount } from '../util/check';

/** One for all fields of the items, or a record of them by field, as deep as the items are. */
export type PerField<V> = V | { readonly [field: string]: PerField<V> };

/** The shape that tensors and lists are filled up to; null: the greatest size of the dimension in the batch. */
export type PaddedShape = readonly (number | null)[];

/** How items of different sizes are made to fit. */
export interface Padding {
  /** What is put in the missing places. */
  value: PerField<number>;
  /** Null: the greatest sizes in the batch. */
  shape: PerField<PaddedShape | null>;
}

/** The padding of tensors or lists. */
export interface LeafPadding {
  value: number;
  shape: PaddedShape | null;
}

export function checkPadding({ value, shape }: Padding): void {
  checkLeaves(value, (leaf) => {
    if (typeof leaf !== 'number')
      throw new TypeError(`invalid value of paddedBatch: ${typeof leaf} (a number is needed, or a record of them)`);
  });
  checkLeaves(shape, (leaf) => {
    if (leaf === null) return;
    if (!Array.isArray(leaf))
      throw new TypeError(
        `invalid shape of paddedBatch: ${typeof leaf} (a list of sizes is needed, or a record of them)`,
      );
    for (const size of leaf as PaddedShape) if (size !== null) checkCount(size, 'size in the shape of paddedBatch');
  });
}

function checkLeaves(given: unknown, check: (leaf: unknown) => void): void {
  if (isByField(given)) for (const member of Object.values(given)) checkLeaves(member, check);
  else check(given);
}

/** The padding of each of the fields of records; those that it does not name are filled with 0 up to the greatest in the batch. */
export function paddingOfFields({ value, shape }: Padding, names: readonly string[], where: string): Padding[] {
  for (const given of [value, shape]) {
    const unknown = isByField(given) ? Object.keys(given).find((name) => !names.includes(name)) : undefined;
    if (unknown !== undefined)
      throw new Error(`the items${where} have the fields {${names.join(', ')}}, but the padding names "${unknown}"`);
  }
  return names.map((name) => ({ value: fieldOf(value, name, 0), shape: fieldOf(shape, name, null) }));
}

function fieldOf<V>(given: PerField<V>, name: string, otherwise: V): PerField<V> {
  if (!isByField(given)) return given;
  return Object.hasOwn(given, name) ? given[name]! : otherwise;
}

/** The padding of what has no fields. */
export function paddingOfLeaf({ value, shape }: Padding, where: string): LeafPadding {
  if (isByField(value) || isByField(shape))
    throw new Error(`the items${where} have no fields, but the padding is given by field`);
  return { value, shape };
}

function isByField<V>(given: PerField<V>): given is { readonly [field: string]: PerField<V> } {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}
