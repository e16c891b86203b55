import type { ProvenanceDocument } from '../model/document';
import { inWords } from '../wording/in-words';
import { checkExtensions } from './check-extensions';
import { checkReferences } from './check-references';
import { findProblem } from './check-schema';
import { verifyChecksum } from './checksum';
import { DocumentError } from './document-error';
import { documentSchema } from './document-schema';
import { tooDeepAt, tooDeepMessage } from '../json/json-depth';

const FORMAT: ProvenanceDocument['format'] = 'stemma-provenance';
const MAJOR = 1;

/**
 * A provenance document from its JSON text. A text is never taken for a path: see `readDocument` for files.
 *
 * @throws DocumentError that says where in the document something is wrong, and what.
 * @example
 * const text = JSON.stringify(provenance.document());
 * parseDocument(text).format; // 'stemma-provenance'
 */
export function parseDocument(text: string): ProvenanceDocument {
  if (typeof text !== 'string')
    throw new TypeError(`invalid text of parseDocument: expected a text, got ${inWords(text)}`);
  return parseNamed(text, 'the text');
}

/**
 * A value that was parsed from JSON, once it is known to be a provenance document: checked against the published
 * schema, and that its ids agree.
 *
 * @throws DocumentError that says where in the document something is wrong, and what.
 * @example
 * checkDocument(JSON.parse(JSON.stringify(provenance.document()))).format; // 'stemma-provenance'
 */
export function checkDocument(value: unknown): ProvenanceDocument {
  return checkNamed(value, 'the document');
}

/** As `parseDocument`; messages call the text `name`. */
export function parseNamed(text: string, name: string): ProvenanceDocument {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = text.trim() === '' ? 'it is empty' : (error as Error).message;
    throw new DocumentError(`${name} is not valid JSON: ${reason}`, '', error);
  }
  return checkNamed(value, name);
}

function checkNamed(value: unknown, name: string): ProvenanceDocument {
  if (typeof value !== 'object' || value === null)
    throw new DocumentError(`${name} is not a provenance document: expected an object, got ${nameOf(value)}`, 'format');
  const { format, version } = value as { format?: unknown; version?: unknown };
  if (format !== FORMAT) {
    const found = format === undefined ? 'has no format' : `has the format ${shortJson(format)}`;
    throw new DocumentError(
      `format: ${name} ${found}, so it is not a provenance document (expected "${FORMAT}")`,
      'format',
    );
  }
  const wrongVersion = versionProblem(version, name);
  if (wrongVersion !== null) throw new DocumentError(wrongVersion, 'version');
  const deep = tooDeepAt(value);
  if (deep !== null) throw new DocumentError(`${tooDeepMessage(deep)} (in ${name})`, deep);
  const problem =
    findProblem(value, documentSchema) ??
    checkReferences(value as ProvenanceDocument) ??
    checkExtensions(value as ProvenanceDocument);
  if (problem !== null) {
    const where = problem.path === '' ? '' : `${problem.path}: `;
    throw new DocumentError(`${where}${problem.message} (in ${name})`, problem.path);
  }
  return verifyChecksum(value as ProvenanceDocument, name);
}

const nameOf = (value: unknown): string => (value === null ? 'null' : `a ${typeof value}`);

/** Of a value that may be anything, and of any size. */
function shortJson(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'an object' : JSON.stringify(value).slice(0, 60);
}

/** What is wrong with a version of the format; null of a version that is read here: all of one major number are. */
function versionProblem(version: unknown, name: string): string | null {
  const [, major] = typeof version === 'string' ? (/^(\d{1,9})\.\d{1,9}$/.exec(version) ?? []) : [];
  if (major === undefined)
    return `version: expected a version such as "1.0", got ${version === undefined ? 'none' : shortJson(version)} (in ${name})`;
  if (Number(major) === MAJOR) return null;
  const advice = Number(major) > MAJOR ? 'update Stemma' : 'read it with the Stemma that wrote it';
  return `version: ${name} has version ${String(version)} of the format; this Stemma reads ${MAJOR}.x: ${advice}`;
}
