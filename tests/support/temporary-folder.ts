import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A new folder for a test file or a `describe`, with which it goes. Vitest wants this called there, not inside of a test or hook. */
export function temporaryFolder(): string {
  const folder = makeFolder();
  afterAll(() => removeFolder(folder));
  return folder;
}

/** A new folder for whoever removes it. */
export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'stemma-test-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
