/** Saves the document that comes on stdin, for a process that is about to end: `node save-piped.js FILE`. */
import { text } from 'node:stream/consumers';
import type { ProvenanceDocument } from 'stemma-document';
import { saveDocument } from '../documents/save-document';
import { explain } from './explain';
import { warn } from './terminal';

text(process.stdin)
  .then((json) => saveDocument(JSON.parse(json) as ProvenanceDocument, process.argv[2]!))
  .catch((error: unknown) => {
    warn(explain(error));
    process.exitCode = 1;
  });
