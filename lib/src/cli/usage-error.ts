/** Something that the person at the terminal can put right; shown without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
