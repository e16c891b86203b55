import { constants as bufferLimits } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { checkPath } from '../util/check';
import { fileKind } from '../util/file-kind';
import { DocumentError, parseNamed, type ProvenanceDocument } from 'stemma-document';
import { plural } from '../util/plural';

/** Of a path or a reason that a message shows. */
const MAX_TEXT = 200;

/**
 * Reads a provenance document from a file and validates it against the published schema. `parseDocument` takes its
 * text, `checkDocument` the parsed JSON.
 *
 * @throws DocumentError that says what is wrong, and where in the document; also for anything but a regular file.
 * @example
 * const document = readDocument('run.provenance.json');
 * document.processes.map((process) => process.label);
 */
export function readDocument(path: string): ProvenanceDocument {
  checkPath(path, 'path of readDocument', 'a path (parseDocument takes JSON text, checkDocument a parsed value)');
  return parseNamed(textOf(path), nameOf(path));
}

function textOf(path: string): string {
  try {
    // Without waiting for the other end of a FIFO.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = fstatSync(file);
      if (!stats.isFile()) throw new Error(`expected a regular file, got ${fileKind(stats)}`);
      if (stats.size > bufferLimits.MAX_STRING_LENGTH)
        throw new Error(
          `it has ${plural(stats.size, 'byte')}, and texts have at most ${bufferLimits.MAX_STRING_LENGTH} here`,
        );
      return readFileSync(file, 'utf8');
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : message.slice(0, MAX_TEXT);
    throw new DocumentError(`cannot read ${nameOf(path)}: ${reason}${adviceFor(path)}`, '', error);
  }
}

const nameOf = (path: string): string =>
  JSON.stringify(path.length <= MAX_TEXT ? path : `${path.slice(0, MAX_TEXT - 1)}…`);

const adviceFor = (path: string): string => (/^\uFEFF?\s*[{[]/.test(path) ? '; parseDocument takes JSON text' : '');
