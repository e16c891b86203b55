/**
 * A document that cannot be used.
 *
 * @example
 * try {
 *   readDocument('run.provenance.json');
 * } catch (error) {
 *   if (error instanceof DocumentError) console.log(error.path); // 'processes[3].execution.itemsIn'
 * }
 */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';

  constructor(
    message: string,
    /** Where in the document, e.g. `processes[3].execution.itemsIn`; empty where it is about the whole. */
    readonly path: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}
