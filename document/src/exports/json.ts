import { withChecksum } from '../reading/checksum';
import type { Exporter } from './exporter';

/** The document as `readDocument` and every other reader of the format takes it. */
export const json: Exporter = {
  id: 'json',
  title: 'JSON',
  mediaType: 'application/json',
  extension: '.provenance.json',
  export(document, { name }) {
    const content = `${JSON.stringify(withChecksum(document), null, 2)}\n`;
    return [{ path: `${name}${this.extension}`, content }];
  },
};
