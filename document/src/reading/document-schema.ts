import type { RootSchema } from './check-schema';
import * as schema from './provenance.schema.json';

/** The published JSON Schema of the document, `schema/provenance.schema.json`. */
export const documentSchema = schema as unknown as RootSchema;
