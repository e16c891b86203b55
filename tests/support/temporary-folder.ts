import { afterAll } from 'vitest';
import { makeFolder, removeFolder } from './make-folder';

/**
 * A new folder for a test file or a `describe`, with which it goes. Vitest wants this called there, not inside of a
 * test or hook.
 */
export function temporaryFolder(): string {
  const folder = makeFolder();
  afterAll(() => removeFolder(folder));
  return folder;
}
