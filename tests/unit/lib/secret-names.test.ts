import { describe, expect, it } from 'vitest';
import { isSecret } from '../../../lib/src/recorder/privacy/secret-names';

describe('the name of a secret', () => {
  it.each([
    ...['password', 'dbPassword', 'DB_PASSWORD', 'passwd', 'passphrase', 'pwd', 'dbPwd', 'pw', 'pw2', 'bearer'],
    ...['bearerToken', 'token', 'hf_token', 'GITHUB_TOKEN', 'apiKey', 'apikey', 'API-Key', 'APIKey', 'accessKey'],
    ...['clientSecret', 'secrets', 'credentials', 'password1', 'Authorization', 'privateKey'],
  ])('is %s', (name) => expect(isSecret(name)).toBe(true));

  it.each(['maxTokens', 'tokenizer', 'key', 'sortKey', 'keyboard', 'passes', 'size', 'author', 'path', 'spw'])(
    'is not %s',
    (name) => expect(isSecret(name)).toBe(false),
  );
});
