/** What is secret wherever it is in a name, however that is written. */
const ANYWHERE = /password|passwd|passphrase|secret|credential/i;
/** What is secret as a word of a name. */
const WORDS = /(?:^|-)(?:pwd|pw|bearer|authorization)(?:-|$)/;
/** What is secret as the last word of a name: `maxTokens` and `sortKey` are none. */
const ENDINGS = /(?:^|-)token$|(?:api|secret|access|private|auth|encryption|signing)-?(?:key|token)$/;

/** Whether a value of this name is a secret, however much is kept otherwise. */
export function isSecret(name: string): boolean {
  if (ANYWHERE.test(name)) return true;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/-?\d+$/, '')
    .toLowerCase();
  return WORDS.test(words) || ENDINGS.test(words);
}
