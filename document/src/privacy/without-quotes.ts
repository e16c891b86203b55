/** The apostrophe within a word is none. */
const OPENING_QUOTE = /(?<!\w)["'`]/;
const CLOSING_QUOTE = /["'`](?!\w)/g;

/**
 * A message without what it quotes, as `JSON.parse` and others do with the data: from the first quotation mark to the
 * last one, for what is quoted may hold some too.
 */
export function withoutQuotes(message: string): string {
  const start = message.search(OPENING_QUOTE);
  if (start < 0) return message;
  const end = [...message.matchAll(CLOSING_QUOTE)].at(-1)?.index ?? start;
  return end > start ? `${message.slice(0, start)}"…"${message.slice(end + 1)}` : message;
}
