import type { Tensor } from '../../tensor/tensor';
import { checkCount, inWords } from '../../util/check';
import { describeForm, kindOf } from './form';
import type { Layout, LeafPadding } from './leaf-padding';
import { lengthsOf, maskOf } from './mask';
import { padLists } from './pad-lists';
import { padTensors } from './pad-tensors';
import { isByField, type PaddedBatchOptions, type PaddedShape, type PadValue, type PerField } from './padding-options';
import type { Fields } from '../record';

/** The padding value (undefined: by the type of the others), and the shape to pad to (null: the largest sizes in the
 * batch). */
interface Given {
  value?: PerField<PadValue>;
  shape: PerField<PaddedShape | null>;
}

/** What is added beside the fields. */
interface Additions {
  mask: boolean | readonly string[];
  lengths: boolean | readonly string[];
}

const NOTHING: Additions = { mask: false, lengths: false };

/** How items of different sizes are made to fit: of all items, or of one of their fields. */
export class Padding {
  #used = false;

  private constructor(
    private readonly given: Given,
    private readonly layout: Layout,
    private readonly additions: Additions,
    /** The options speak of this field itself, not of all fields. */
    private readonly isNamed: boolean,
    private readonly parent: Padding | null,
  ) {}

  /** @throws TypeError if the options cannot be a padding of anything. */
  static of({
    value,
    shape = null,
    side = 'right',
    multipleOf = 1,
    truncate = false,
    ...rest
  }: PaddedBatchOptions): Padding {
    checkLeaves(value, checkValue);
    checkLeaves(shape, checkShape);
    if (side !== 'right' && side !== 'left')
      throw new TypeError(`invalid side of paddedBatch: expected 'right' or 'left', got ${inWords(side)}`);
    checkCount(multipleOf, 'multipleOf of paddedBatch', 1);
    if (truncate && shape === null) throw new TypeError('invalid truncate of paddedBatch: it needs a shape to cut to');
    const { mask = false, lengths = false } = rest;
    checkFields(mask, 'mask');
    checkFields(lengths, 'lengths');
    const given = { value: value === undefined ? value : copyOf(value), shape: copyOf(shape) };
    const isNamed = value !== undefined || shape !== null || multipleOf > 1 || mask !== false || lengths !== false;
    return new Padding(given, { side, multipleOf, truncate }, { mask, lengths }, isNamed, null);
  }

  /** The padding of each of the fields of records. */
  ofFields(names: readonly string[], path: string): Padding[] {
    const { value, shape } = this.given;
    const { mask, lengths } = this.additions;
    for (const given of [value, shape, listed(mask), listed(lengths)]) {
      const unknown = isByField(given) ? Object.keys(given).find((name) => !names.includes(name)) : undefined;
      if (unknown !== undefined)
        throw new Error(
          `the items${at(path)} have the fields {${names.join(', ')}}, but the padding names "${unknown}"`,
        );
    }
    return names.map((name) => {
      const of = <V, W>(given: PerField<V> | W, otherwise: W): PerField<V> | W =>
        !isByField(given) ? given : Object.hasOwn(given, name) ? given[name]! : otherwise;
      const isNamed = [value, shape, listed(mask), listed(lengths)].some(
        (given) => isByField(given) && Object.hasOwn(given, name),
      );
      const additions =
        this.parent === null ? { mask: includes(mask, name), lengths: includes(lengths, name) } : NOTHING;
      return new Padding(
        { value: of(value, undefined), shape: of(shape, null) },
        this.layout,
        additions,
        isNamed,
        this,
      );
    });
  }

  padTensors(tensors: readonly Tensor[], path: string): Tensor[] {
    return padTensors(tensors, this.#leaf(path));
  }

  padLists(lists: readonly ArrayLike<unknown>[], path: string): unknown[] {
    return padLists(lists, this.#leaf(path));
  }

  #leaf(path: string): LeafPadding {
    const { value, shape } = this.given;
    if (isByField(shape)) throw new Error(`the items${at(path)} have no fields, but the padding is given by field`);
    if (this.parent === null && (this.additions.mask !== false || this.additions.lengths !== false))
      throw new Error('a mask and lengths are fields beside the padded ones, but the items are not records; map them to records first: { values: item }'); // prettier-ignore
    this.#markUsed();
    return { value, shape, where: at(path), ...this.layout };
  }

  #markUsed(): void {
    this.#used = true;
    if (this.parent !== null) this.parent.#markUsed();
  }

  /** What has no sizes cannot be padded, and may not be asked to be. */
  checkSimple(path: string, example?: unknown): void {
    if (isByField(this.given.value) || isByField(this.given.shape))
      throw new Error(`the items${at(path)} have no fields, but the padding is given by field`);
    if (!this.isNamed) return;
    throw new Error(
      `the items${at(path)} cannot be padded: expected lists or tensors, got ${describeForm(example)}; ` +
        'leave them out of the padding, or use batch',
    );
  }

  /** Once a batch was made: whether any of it could be padded at all. */
  checkUsed(): void {
    if (this.isNamed && !this.#used)
      throw new Error('the items have no lists and no tensors, which alone can be padded; use batch');
    this.#used = false;
  }

  /** Adds to `batch` what is asked for beside its field `name`, which was made of `column`. */
  addTo(batch: Fields, name: string, column: readonly unknown[], names: readonly string[]): void {
    const { mask, lengths } = this.additions;
    if (mask === false && lengths === false) return;
    const kind = kindOf(column[0]);
    if (kind !== 'list' && kind !== 'tensor') {
      if (this.isNamed)
        throw new Error(`"${name}" is ${describeForm(column[0])}, of which there is no mask and no length`);
      return;
    }
    const add = (added: string, value: unknown): void => {
      if (names.includes(added)) throw new Error(`there is a field "${added}" already, which the padding would add`);
      batch[added] = value;
    };
    if (mask !== false) add(`${name}_mask`, maskOf(column, batch[name], this.#leaf(name)));
    if (lengths !== false) add(`${name}_length`, lengthsOf(column, batch[name]));
  }
}

const at = (path: string): string => (path === '' ? '' : ` in "${path}"`);

const includes = (fields: boolean | readonly string[], name: string): boolean =>
  typeof fields === 'boolean' ? fields : fields.includes(name);

/** A list of fields as a record, to be looked at as values and shapes are. */
const listed = (fields: boolean | readonly string[]): PerField<boolean> =>
  typeof fields === 'boolean' ? fields : Object.fromEntries(fields.map((name) => [name, true]));

function checkLeaves(given: unknown, check: (leaf: unknown) => void): void {
  if (isByField(given)) for (const member of Object.values(given)) checkLeaves(member, check);
  else check(given);
}

/** What the caller changes later must not change the padding. */
function copyOf<V>(given: PerField<V>): PerField<V> {
  if (isByField(given))
    return Object.fromEntries(Object.entries(given).map(([name, member]) => [name, copyOf(member)]));
  return (Array.isArray(given) ? [...(given as unknown[])] : given) as V;
}

function checkValue(leaf: unknown): void {
  if (leaf === undefined || leaf === null || ['number', 'string', 'boolean', 'bigint'].includes(typeof leaf)) return;
  throw new TypeError(
    `invalid value of paddedBatch: expected a number, a text, true or false, a bigint or null, or a record of these, got ${inWords(leaf)}`,
  );
}

function checkShape(leaf: unknown): void {
  if (leaf === null || leaf === undefined) return;
  if (!Array.isArray(leaf))
    throw new TypeError(
      `invalid shape of paddedBatch: expected a list of sizes, or a record of them, got ${inWords(leaf)}`,
    );
  for (const size of leaf as PaddedShape) if (size !== null) checkCount(size, 'size in the shape of paddedBatch');
}

function checkFields(given: unknown, name: string): void {
  if (typeof given === 'boolean' || (Array.isArray(given) && given.every((field) => typeof field === 'string'))) return;
  throw new TypeError(
    `invalid ${name} of paddedBatch: expected true, false or a list of names of fields, got ${inWords(given)}`,
  );
}
