import { describeTensor, dtypeOf, isTensor, isTypedArray } from '../../tensor/tensor';
import { isRecord } from '../record';

/** What kinds of values a batch tells apart; `whole` is all that is not taken apart. */
export type Kind = 'tensor' | 'list' | 'record' | 'whole';

export function kindOf(value: unknown): Kind {
  if (typeof value !== 'object' || value === null) return 'whole';
  if (isList(value)) return 'list';
  if (isTensor(value)) return 'tensor';
  return isRecord(value) ? 'record' : 'whole';
}

/** An array or typed array. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || isTypedArray(value);
}

/** The index of the first value that is of another kind than the first one; -1 where all are of one kind. */
export function oddKind(values: readonly unknown[], kind: Kind): number {
  for (let i = 1; i < values.length; i++) if (kindOf(values[i]) !== kind) return i;
  return -1;
}

/** Whether lists, and the lists in them, are of the same lengths; typed arrays also of the same type. */
export function sameForm(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) return false;
  if (!Array.isArray(a) || !Array.isArray(b)) return a.constructor === b.constructor;
  for (let i = 0; i < a.length; i++) {
    const x: unknown = a[i];
    const y: unknown = b[i];
    if (typeof x !== 'object' && typeof y !== 'object') continue;
    if (isList(x) ? !isList(y) || !sameForm(x, y) : isList(y)) return false;
  }
  return true;
}

/**
 * The lengths of a list and of the lists in it, as far down as all of them agree; where they do not, `ragged` stands.
 */
export function shapeOfList(list: ArrayLike<unknown>): (number | 'ragged')[] {
  if (isTypedArray(list)) return [list.length];
  const first = list.length === 0 ? undefined : list[0];
  const inner = isList(first) ? shapeOfList(first) : null;
  for (let i = 1; i < list.length; i++) {
    const item = list[i];
    if (!isList(item) ? inner !== null : inner === null || shapeOfList(item).join() !== inner.join())
      return [list.length, 'ragged'];
  }
  return inner === null ? [list.length] : [list.length, ...inner];
}

/** A value's form, for a person who compares it with another one. */
export function describeForm(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (isTensor(value)) return describeTensor(value);
  if (isTypedArray(value)) return `a list of shape [${value.length}] (${dtypeOf(value)})`;
  if (isList(value)) return `a list of shape [${shapeOfList(value).join(', ')}]${lengthsIn(value)}`;
  if (isRecord(value)) return `a record {${Object.keys(value).join(', ')}}`;
  return typeof value === 'object' ? `a ${value.constructor.name}` : typeof value;
}

/** Of a ragged list: how long the lists in it are. */
function lengthsIn(list: ArrayLike<unknown>): string {
  if (!shapeOfList(list).includes('ragged')) return '';
  const lengths = Array.from(list, (member) => (isList(member) ? String(member.length) : typeof member));
  return ` with ${lengths.slice(0, 8).join(', ')}${lengths.length > 8 ? ', …' : ''} in it`;
}
