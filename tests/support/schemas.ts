import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { inRoot } from '../../scripts/support/paths.mjs';
import type { ProvenanceDocument } from '../../lib/src/provenance/document';

const validators = new Map<string, ValidateFunction>();

function validator(file: string): ValidateFunction {
  const known = validators.get(file);
  if (known) return known;
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  const validate = ajv.compile(JSON.parse(readFileSync(inRoot('schema', file), 'utf8')));
  validators.set(file, validate);
  return validate;
}

/** A document, once it is valid against schema/provenance.schema.json. */
export function validDocument(value: unknown): ProvenanceDocument {
  const validate = validator('provenance.schema.json');
  if (!validate(value)) {
    throw new Error(`no valid provenance document:\n${JSON.stringify(validate.errors?.slice(0, 5), null, 2)}`);
  }
  return value as ProvenanceDocument;
}

/** The document in a file. */
export function readDocument(file: string): ProvenanceDocument {
  return validDocument(JSON.parse(readFileSync(file, 'utf8')));
}
