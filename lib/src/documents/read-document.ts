import { readFileSync } from 'node:fs';
import type { ProvenanceDocument } from '../provenance/document';
import { checkReferences } from './check-references';
import { findProblem, type RootSchema } from './check-schema';
import { DocumentError } from './document-error';
import * as schema from './provenance.schema.json';

const FORMAT: ProvenanceDocument['format'] = 'stemma-provenance';
const VERSION: ProvenanceDocument['version'] = '1.0';

/**
 * A provenance document from a file's path, from its text, or from what was parsed of it; validated against the published schema.
 *
 * @throws DocumentError that says where in the document something is wrong, and what.
 * @example
 * const document = readDocument('run.provenance.json');
 * document.processes.map((process) => process.label);
 */
export function readDocument(source: unknown): ProvenanceDocument {
  if (typeof source !== 'string') return checked(source, 'the document');
  if (/^\uFEFF?\s*[{[]/.test(source)) return checked(parsed(source, 'the text'), 'the document');
  return checked(parsed(textOf(source), `"${source}"`), `"${source}"`);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder, not a file' : message;
    throw new DocumentError(`cannot read "${path}": ${reason}`, '', error);
  }
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const cut = text.trim() === '' ? 'it is empty' : (error as Error).message;
    throw new DocumentError(`${name} is no JSON: ${cut}`, '', error);
  }
}

function checked(value: unknown, name: string): ProvenanceDocument {
  const { format, version } = (value ?? {}) as { format?: unknown; version?: unknown };
  if (format !== FORMAT) {
    const told = format === undefined ? 'has no format' : `has the format ${JSON.stringify(format)}`;
    throw new DocumentError(`format: ${name} ${told}, so it is no provenance document of Stemma`, 'format');
  }
  if (version !== VERSION) throw new DocumentError(otherVersion(version, name), 'version');
  const problem = findProblem(value, schema as unknown as RootSchema) ?? checkReferences(value as ProvenanceDocument);
  if (problem !== null) {
    const where = problem.path === '' ? '' : `${problem.path}: `;
    throw new DocumentError(`${where}${problem.message} (in ${name})`, problem.path);
  }
  return value as ProvenanceDocument;
}

function otherVersion(version: unknown, name: string): string {
  const [major = NaN, minor = NaN] = typeof version === 'string' ? version.split('.').map(Number) : [];
  if (Number.isNaN(major + minor)) return `version: ${JSON.stringify(version) ?? 'none'} is no version (in ${name})`;
  const [ownMajor = 0, ownMinor = 0] = VERSION.split('.').map(Number);
  const newer = major > ownMajor || (major === ownMajor && minor > ownMinor);
  const advice = newer ? 'update stemma to read it' : 'read it with the version of stemma that wrote it';
  return `version: ${name} has version ${String(version)} of the format, ${newer ? 'newer' : 'older'} than the ${VERSION} that is known here; ${advice}`;
}
