import { checkCount, inWords } from '../util/check';
import { checkOptions, type OptionTypes } from '../util/options';
import { columnsOf } from './cells';
import { categoryAt } from './encoder';
import { estimator } from './estimator';
import type { Estimator } from './fitted-transform';
import { Counts } from './ranked';

/** The options of `vocabulary`. */
export interface VocabularyOptions {
  /** The maximum size, including the two special tokens; the most frequent tokens are kept. Default: no limit. */
  maxTokens?: number;
  /** Tokens with a lower frequency count as unknown. Default 1. */
  minFrequency?: number;
}

const OPTIONS: OptionTypes<VocabularyOptions> = { maxTokens: 'any', minFrequency: 'any' };

const PADDING = '';
const UNKNOWN = '[UNK]';

/**
 * Replaces each token with its number, in descending order of frequency, as Keras' `StringLookup` does: 0 is padding, 1
 * any token that is not in the vocabulary, and equally frequent tokens are in code point order. A column holds a token
 * or a list of tokens: text is not split.
 *
 * @throws TypeError for wrong columns or options; on an item whose value is not a string or a list of strings.
 * @example
 * const train = Dataset.fromArray([{ words: ['a', 'rose', 'is', 'a', 'rose'] }]);
 * const words = await vocabulary('words').fit(train);
 * words.learned.words; // ['', '[UNK]', 'a', 'rose', 'is']
 * words({ words: ['a', 'tulip'] }); // { words: [2, 1] }
 */
export function vocabulary<const K extends string>(
  columns: K | readonly K[],
  options: VocabularyOptions = {},
): Estimator<K, 'tokens', string[]> {
  const name = 'vocabulary';
  checkOptions(options, name, OPTIONS);
  const { maxTokens, minFrequency = 1 } = options;
  if (maxTokens !== undefined) checkCount(maxTokens, `maxTokens of ${name}`, 3);
  checkCount(minFrequency, `minFrequency of ${name}`, 1);
  return estimator<K, 'tokens', string[]>({
    name,
    columns: columnsOf(columns, name),
    parameters: { ...(maxTokens === undefined ? {} : { maxTokens }), minFrequency },
    fit: (column) => {
      const counts = new Counts<string>(column, name);
      return {
        add: (value) => eachToken(value, column, name, (token) => counts.add(token)),
        state: () => {
          const frequent = counts.ranked().filter(([token, count]) => count >= minFrequency && !isSpecial(token));
          const tokens = frequent.slice(0, maxTokens === undefined ? undefined : maxTokens - 2).map(([token]) => token);
          return [PADDING, UNKNOWN, ...tokens];
        },
      };
    },
    isState: (state) => Array.isArray(state) && state.every((token) => typeof token === 'string'),
    transform: (tokens, column) => {
      const places = new Map(tokens.map((token, i) => [token, i]));
      return (value) => {
        const found: number[] = [];
        eachToken(value, column, name, (token) => void found.push(places.get(token) ?? 1));
        return typeof value === 'string' ? found[0] : found;
      };
    },
    invert: (tokens, column) => {
      const tokenAt = categoryAt(name)(tokens, column);
      return (value) => (Array.isArray(value) ? value.map(tokenAt) : tokenAt(value));
    },
    summary: (tokens) => ({ tokens: tokens.length }),
  });
}

const isSpecial = (token: string): boolean => token === PADDING || token === UNKNOWN;

/** @throws TypeError for anything but a text or a list of texts. */
function eachToken(value: unknown, column: string, name: string, take: (token: string) => void): void {
  const tokens: unknown[] = Array.isArray(value) ? value : [value];
  for (const token of tokens) {
    if (typeof token === 'string') take(token);
    else
      throw new TypeError(
        `invalid value of column ${inWords(column)} for ${name}: expected a text, or a list of texts, got ${inWords(token)}`,
      );
  }
}
