import { readFileSync } from 'node:fs';
import * as path from 'node:path';

/** Read when the library is loaded: later there may be too many files open. */
export const VERSION = (
  JSON.parse(readFileSync(path.join(__dirname, '../../package.json'), 'utf8')) as { version: string }
).version;
