import { exactly } from '../graph/length';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import { IndexedSource } from '../engine/source-stage';
import { checkCount, inWords } from '../util/check';
import { sourceNode } from './source';

/** `stop`, or `start` and `stop`, or these and `step`; then the options, if any. */
export type RangeArguments =
  | [stop: number, options?: Options]
  | [start: number, stop: number, options?: Options]
  | [start: number, stop: number, step: number, options?: Options];

/** As `range` of Python: numbers from `start` up or down to `stop`, without it. */
export function range(given: readonly unknown[]): Node {
  const { numbers, options } = argumentsOf(given);
  const [first, stop, step = 1] = numbers as [number, number?, number?];
  if (stop === undefined) return rangeNode(0, 1, checkCount(first, 'count of range'), { count: first }, options);
  for (const [name, value] of Object.entries({ start: first, stop, step })) checkNumber(name, value);
  if (step === 0) throw new TypeError('invalid step of range: 0 (with it there is no end)');
  return rangeNode(first, step, itemsOf(first, stop, step), { start: first, stop, step }, options);
}

function rangeNode(
  start: number,
  step: number,
  count: number,
  recorded: { [name: string]: number },
  options: Options<OperationOptions> | undefined,
): Node {
  // By multiplication, so that what a fractional step lacks does not add up.
  const read = (first: number, items: number): number[] => {
    const numbers = new Array<number>(items);
    for (let i = 0; i < items; i++) numbers[i] = start + (first + i) * step;
    return numbers;
  };
  return sourceNode({
    kind: 'range',
    options: optionsOf(options, 'range', OPERATION_OPTIONS),
    recorded,
    length: exactly(count),
    open: (place, probe) => new IndexedSource(count, read, place, probe),
  });
}

function argumentsOf(given: readonly unknown[]): { numbers: number[]; options: Options | undefined } {
  const upTo = given.slice(0, 3).findIndex((value) => typeof value !== 'number');
  const count = upTo === -1 ? Math.min(given.length, 3) : upTo;
  const rest = given.slice(count).filter((value) => value !== undefined);
  if (count === 0) throw new TypeError(`invalid count of range: expected a whole number, got ${inWords(given[0])}`);
  if (rest.length > 1)
    throw new TypeError(
      `invalid arguments of range: expected a stop, or a start, a stop and a step, and then options, got ${inWords(rest[0])} ` +
        `before ${inWords(rest[1])}`,
    );
  return { numbers: given.slice(0, count) as number[], options: rest[0] as Options | undefined };
}

function checkNumber(name: string, value: number): void {
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    throw new TypeError(
      `invalid ${name} of range: expected a finite number, whole ones below 2^53, got ${value}` +
        (name === 'stop' && Math.abs(value) === Infinity ? '; a stream without an end is range(1).repeat()' : ''),
    );
}

/** How many numbers there are before `stop`. */
function itemsOf(start: number, stop: number, step: number): number {
  const distance = stop - start;
  let count: number;
  if ([start, stop, step].every(Number.isSafeInteger) && Number.isSafeInteger(distance)) {
    const over = distance % step;
    count = (distance - over) / step + (over === 0 ? 0 : Math.sign(distance) * Math.sign(step) > 0 ? 1 : 0);
  } else {
    const steps = distance / step;
    const whole = Math.round(steps);
    // Fractions such as 0.1 are not exact: where the stop is meant to be reached, it is not among the numbers.
    const slack = 4 * Number.EPSILON * (Math.abs(steps) + (Math.abs(start) + Math.abs(stop)) / Math.abs(step));
    count = Math.abs(steps - whole) <= slack ? whole : Math.ceil(steps);
  }
  count = Math.max(0, count);
  if (!Number.isSafeInteger(count))
    throw new TypeError(`invalid step of range: ${step} (from ${start} to ${stop} there are too many numbers)`);
  return count;
}
