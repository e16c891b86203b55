import type { OnError } from '../../engine/on-error';
import { checkTexts, inWords } from '../../util/check';
import type { OptionTypes } from '../../util/options';
import { FILES_OPTIONS, type FilesOptions } from '../files/files';

/** The options of `Dataset.fromParquet` and `Dataset.fromArrow`. */
export interface ColumnarOptions extends FilesOptions {
  /** Only these columns, in this order. Default: all. */
  columns?: readonly string[];
  /** 64-bit integers: as `bigint` (the default), or as `number`, with an error for those beyond 2^53. */
  integers?: 'bigint' | 'number';
  /** Decimals: exact as `text`, such as `'1.10'` (the default), or rounded to the nearest `number`. */
  decimals?: 'text' | 'number';
  /**
   * Timestamps: as `date` (the default), with an error for those with more digits than milliseconds, or as `text` in
   * ISO 8601 with all digits.
   */
  timestamps?: 'date' | 'text';
  /**
   * What to do with a row whose values cannot be held exactly. Skipped rows are counted. A damaged file is always an
   * error. Default `'throw'`.
   */
  onError?: OnError;
}

/** How values become those of JavaScript. */
export type Values = Required<Pick<ColumnarOptions, 'integers' | 'decimals' | 'timestamps'>>;

export const COLUMNAR_OPTIONS: OptionTypes<ColumnarOptions> = {
  ...FILES_OPTIONS,
  columns: 'list',
  integers: 'any',
  decimals: 'any',
  timestamps: 'any',
  onError: 'any',
};

/** @throws if an option is not one of its values. */
export function valuesOf(options: ColumnarOptions, kind: string): Values {
  checkTexts(options.columns ?? [], `columns of ${kind}`);
  const { integers = 'bigint', decimals = 'text', timestamps = 'date' } = options;
  const check = (name: string, value: string, allowed: readonly string[]): void => {
    if (!allowed.includes(value))
      throw new TypeError(
        `invalid ${name} of ${kind}: expected ${allowed.map(inWords).join(' or ')}, got ${inWords(value)}`,
      );
  };
  check('integers', integers, ['bigint', 'number']);
  check('decimals', decimals, ['text', 'number']);
  check('timestamps', timestamps, ['date', 'text']);
  return { integers, decimals, timestamps };
}

/** What is recorded of the options that change the items: those that were given. */
export function recordedValues({ integers, decimals, timestamps }: ColumnarOptions): { [name: string]: string } {
  return {
    ...(integers === undefined ? {} : { integers }),
    ...(decimals === undefined ? {} : { decimals }),
    ...(timestamps === undefined ? {} : { timestamps }),
  };
}

/**
 * Which of the columns `found` in a file are read, in which order.
 *
 * @throws if one that is wanted is missing, or a name is there twice.
 */
export function chosenColumns(found: readonly string[], wanted: readonly string[] | undefined, file: string): string[] {
  for (const name of wanted ?? [])
    if (!found.includes(name))
      throw new Error(`"${file}" has no column ${JSON.stringify(name)}; it has ${listOf(found)}`);
  const chosen = [...new Set(wanted ?? found)];
  const twice = chosen.find((name) => found.indexOf(name) !== found.lastIndexOf(name));
  if (twice !== undefined)
    throw new Error(
      `"${file}" has two columns ${JSON.stringify(twice)}, of which a row could hold one; rename one, or read others: ` +
        'columns: […]',
    );
  return chosen;
}

const MAX_LISTED = 50;

function listOf(names: readonly string[]): string {
  const listed = names.slice(0, MAX_LISTED).map((name) => JSON.stringify(name));
  return names.length === 0 ? 'none' : listed.join(', ') + (names.length > MAX_LISTED ? ', …' : '');
}
