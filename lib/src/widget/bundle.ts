import { escapeXml, type ProvenanceDocument } from 'stemma-document';
import { rowsOf } from './rows';
import { samplesToHtml } from './sample-rows';
import { rowsToSvg } from './svg';

/** A provenance document as an output. The panel's extension draws it with the panel's views. */
export const MIME_TYPE = 'application/vnd.stemma.provenance.v1+json';

/**
 * The same in several formats, for different front ends: the document, a picture with sample rows in HTML, a line of
 * text.
 */
export function bundleOf(document: ProvenanceDocument, title: string, text: string): Record<string, unknown> {
  const svg = rowsToSvg(rowsOf(document), title);
  // In an <img> no script of an SVG ever runs, and untrusted notebooks may show it.
  const url = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return {
    [MIME_TYPE]: document,
    'text/html': `<img style="max-width: 100%" alt="${escapeXml(text)}" src="${url}">${samplesToHtml(document)}`,
    'text/plain': text,
  };
}
