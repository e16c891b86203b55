import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COMM_TARGET } from 'stemma-document';
import { type Content, PROTOCOL_VERSION } from '../wire/message';

/** Content of a `kernel_info_reply`. Subshells are not offered: JavaScript has no second thread on the same variables. */
export function kernelInfo(): Content {
  const typescript = versionOf('typescript');
  return {
    status: 'ok',
    protocol_version: PROTOCOL_VERSION,
    implementation: 'stemma-kernel',
    implementation_version: readVersion(join(__dirname, '../../package.json')),
    banner: `TypeScript ${typescript} on Node ${process.versions.node}, with Stemma`,
    debugger: false,
    help_links: [{ text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' }],
    supported_features: [COMM_TARGET],
    language_info: {
      name: 'typescript',
      version: typescript,
      mimetype: 'text/typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      codemirror_mode: { mode: 'typescript', name: 'javascript', typescript: true },
      nbconvert_exporter: 'script',
    },
  };
}

/** Version of a package as this kernel resolves it. */
export function versionOf(name: string): string {
  return readVersion(require.resolve(`${name}/package.json`));
}

function readVersion(file: string): string {
  const { version } = JSON.parse(readFileSync(join(dirname(file), 'package.json'), 'utf8')) as { version: string };
  return version;
}
