import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** This kernel's own version. */
export const ownVersion = (): string => readVersion(join(__dirname, '../package.json'));

/** Version of a package as this kernel resolves it. */
export const versionOf = (name: string): string => readVersion(require.resolve(`${name}/package.json`));

function readVersion(file: string): string {
  const { version } = JSON.parse(readFileSync(join(dirname(file), 'package.json'), 'utf8')) as { version: string };
  return version;
}
