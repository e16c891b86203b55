/**
 * Control characters but tab and line feed (C0, DEL, C1), and what reorders text (Unicode's bidirectional controls).
 */
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/g;
const LINE_BREAKS = /[\t\n]+/g;
const MAX_TEXT = 120;

/** A text in which no character controls the terminal: each that would is shown as its code. */
export function withoutControls(text: string): string {
  return text.replace(CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A text from a document for one line: without control characters and line breaks, at most `max` characters. */
export function printable(text: string, max = MAX_TEXT): string {
  // What is cut off need not be searched.
  const line = withoutControls(text.slice(0, max + 1).replace(LINE_BREAKS, ' '));
  return line.length <= max ? line : `${line.slice(0, max - 1)}…`;
}
