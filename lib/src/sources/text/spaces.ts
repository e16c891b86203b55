const AROUND = /^[ \t]+|[ \t]+$/g;

/**
 * Without the spaces and tabs at both ends. `trim()` would also drop no-break spaces, line separators and byte order
 * marks, which are part of a text.
 */
export const trimSpaces = (text: string): string => text.replace(AROUND, '');

/** Whether there is nothing in a line but spaces and tabs. */
export const isBlank = (line: string): boolean => /^[ \t]*$/.test(line);
