import { fileURLToPath } from 'node:url';
import * as path from 'node:path';
import { DocumentError } from 'stemma-document';
import { messageOf, PipelineError } from '../engine/errors';
import { UsageError } from './usage-error';

const MAX_LINES = 5;

/** An error as the person at the terminal needs it: what failed, and the lines of their own code that led there. */
export function explain(error: unknown): string {
  const message = `stemma: ${messageOf(error)}`;
  if (error instanceof UsageError || error instanceof DocumentError) return message;
  const thrown = error instanceof PipelineError ? error.cause : error;
  return [message, ...ownLines(thrown)].join('\n');
}

/** The lines of a stack that are neither in a package nor in Node or this library. */
function ownLines(thrown: unknown): string[] {
  const stack = thrown instanceof Error && typeof thrown.stack === 'string' ? thrown.stack : '';
  const library = path.resolve(__dirname, '..');
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.replace(/file:\/\/[^)\s:]+/, (url) => fileURLToPath(url)))
    .filter((line) => !/node_modules|\(?node:/.test(line) && !line.includes(library))
    .slice(0, MAX_LINES);
}
