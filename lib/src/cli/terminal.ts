import { withoutControls } from 'stemma-document';

/**
 * Prints a line on stdout: what was asked for. Control characters, which may come from a document, are shown as their
 * codes.
 */
export function print(text: string): void {
  process.stdout.write(`${withoutControls(text)}\n`);
}

/** Prints a line on stderr: what a person should know beside it. */
export function warn(text: string): void {
  process.stderr.write(`${withoutControls(text)}\n`);
}
