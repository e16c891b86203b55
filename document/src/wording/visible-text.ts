/**
 * Control characters and marks of direction: on a canvas, or within a line, they would turn what stands beside them
 * around.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}]+/gu;

/** Text of data without what cannot be seen. */
export function visibleText(text: string): string {
  return text.replace(UNPRINTABLE, '');
}
