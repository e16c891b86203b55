/**
 * A member of a message that should be text. Of anything else nothing is kept: a record may well have a `toString` that
 * is none.
 */
export function textOf(member: unknown): string {
  return typeof member === 'string' ? member : '';
}
