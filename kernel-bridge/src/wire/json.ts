/** Text of a JSON object. */
export type Json = string;

/** Taken before user code sees it. */
const { stringify } = JSON;
/** An escape of a text in JSON; of those with a `u`, the halves of pairs that lack the other one. */
const ESCAPE = /\\(?:(ud[89a-f][0-9a-f]{2})|.)/g;
const REPLACEMENT = '\ufffd';

/**
 * Like `JSON.stringify`, but throws for values that are not JSON. Lone surrogates, which JavaScript strings may have
 * but UTF-8 cannot, become U+FFFD, as in all that Node writes: a notebook with them could not be saved.
 */
export function toJson(content: Record<string, unknown>): Json {
  const text = stringify(content);
  if (!text.includes('\\ud')) return text;
  return text.replace(ESCAPE, (escape: string, half?: string) => (half === undefined ? escape : REPLACEMENT));
}
