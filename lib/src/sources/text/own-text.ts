/** V8 copies shorter parts of a text; a longer one keeps the whole text in memory. */
const COPIED = 13;

/**
 * The same characters in memory of their own: a field that is kept must not keep the piece of the file that it was cut
 * from.
 */
export function ownText(part: string): string {
  return part.length < COPIED ? part : ` ${part}`.slice(1);
}
