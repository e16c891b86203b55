import { fileURLToPath } from 'node:url';
import { DocumentError, ExportError } from 'stemma-document';
import { messageOf, PipelineError } from '../engine/errors';
import { UncaughtError } from '../recorder/uncaught-error';
import { isOwnFrame } from '../util/own-frames';
import { UsageError } from './usage-error';

const MAX_LINES = 5;

/** An error as the person at the terminal needs it: what failed, and the lines of their own code that led there. */
export function explain(error: unknown): string {
  const message = `stemma: ${messageOf(error)}`;
  if (error instanceof UsageError || error instanceof DocumentError || error instanceof ExportError) return message;
  const thrown = error instanceof PipelineError || error instanceof UncaughtError ? error.cause : error;
  return [message, ...ownLines(thrown)].join('\n');
}

function ownLines(thrown: unknown): string[] {
  const stack = thrown instanceof Error && typeof thrown.stack === 'string' ? thrown.stack : '';
  return stack
    .split('\n')
    .map((line) => line.replace(/file:\/\/[^)\s:]+/, (url) => fileURLToPath(url)))
    .filter(isOwnFrame)
    .slice(0, MAX_LINES);
}
