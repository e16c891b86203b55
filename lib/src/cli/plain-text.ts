import type { JsonValue } from 'stemma-document';

/** A value for a person: a text without quotes, all else as JSON. */
export const plainText = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value));
