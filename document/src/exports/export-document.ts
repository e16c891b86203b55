import type { ProvenanceDocument } from '../model/document';
import { checkGiven } from '../reading/check-given';
import { inWords } from '../wording/in-words';
import type { ExportedFile, Exporter, ExportOptions } from './exporter';
import { json } from './json';
import { mermaid } from './mermaid';
import { notebook } from './notebook';
import { script } from './script';

/** All formats, in the order of menus. */
export const EXPORTERS: readonly Exporter[] = [json, mermaid, notebook, script];

/**
 * A document in another format: the files to write, of which the first is the one to open.
 *
 * @throws RangeError for a format that is none of `EXPORTERS`.
 * @throws ExportError where the record does not hold what the format needs.
 * @example
 * const [file] = exportDocument(provenance.document(), 'mermaid', { name: 'digits' });
 * file.path; // 'digits.mmd'
 */
export function exportDocument(
  document: ProvenanceDocument,
  format: string,
  { name = 'provenance' }: Partial<ExportOptions> = {},
): ExportedFile[] {
  checkGiven(document, 'exportDocument');
  return exporterOf(format).export(document, { name });
}

/**
 * The exporter of a format, by its id.
 *
 * @throws RangeError for a format that is none of `EXPORTERS`.
 */
export function exporterOf(format: string): Exporter {
  const exporter = EXPORTERS.find(({ id }) => id === format);
  if (exporter === undefined)
    throw new RangeError(
      `invalid format of exportDocument: expected one of ${EXPORTERS.map(({ id }) => `"${id}"`).join(', ')}, got ${inWords(format)}`,
    );
  return exporter;
}
