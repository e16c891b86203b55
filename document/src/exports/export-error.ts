/**
 * A record does not hold what a format needs; the message says what is missing, and what to do.
 *
 * @example
 * let reason = '';
 * try {
 *   exportDocument(provenance.document(), 'notebook');
 * } catch (error) {
 *   if (error instanceof ExportError) reason = error.message;
 * }
 * reason.includes('has no cells'); // true
 */
export class ExportError extends Error {
  override readonly name = 'ExportError';
}
