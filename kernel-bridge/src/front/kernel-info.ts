import { COMM_TARGET } from 'stemma-document';
import { ownVersion, versionOf } from '../versions';
import { type Content, PROTOCOL_VERSION } from '../wire/message';

/**
 * Content of a `kernel_info_reply`. Subshells are not offered: JavaScript has no second thread on the same variables.
 */
export function kernelInfo(): Content {
  const typescript = versionOf('typescript');
  return {
    status: 'ok',
    protocol_version: PROTOCOL_VERSION,
    implementation: 'stemma-kernel',
    implementation_version: ownVersion(),
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
