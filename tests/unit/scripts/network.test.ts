import { describe, expect, it } from 'vitest';
import { CommandFailed, explainNetwork } from '../../../scripts/support/run.mjs';

const explained = (output: string) =>
  (explainNetwork(new CommandFailed('npm ci', output, 'npm-ci.log'), 'the npm registry') as Error).message;

describe('an installer that reaches nobody', () => {
  it.each([
    'npm error code ENOTFOUND',
    'npm error network request to the registry failed, reason: connect EHOSTUNREACH',
    'npm error code ERR_SOCKET_TIMEOUT',
    'npm error code UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'npm error code SELF_SIGNED_CERT_IN_CHAIN',
    "WARNING: Retrying after connection broken by 'ReadTimeoutError(…)'",
    "WARNING: Retrying after connection broken by 'ConnectTimeoutError(…)'",
    'Failed to establish a new connection: NewConnectionError',
    '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed',
    "Err:1 Temporary failure resolving 'deb'",
  ])('is a sentence, not its output: %s', (output) => {
    expect(explained(output)).toBe(
      'the npm registry cannot be reached: the first start needs a network, later ones do not.',
    );
  });

  it('is distinguished from one that fails for another reason', () => {
    expect(explained('npm error code ERESOLVE\nnpm error could not resolve a dependency')).toContain('npm ci failed');
  });
});
