import type { JsonValue } from 'stemma-document';
import type { RecorderSettings } from '../settings/settings';

type Redact = RecorderSettings['redact'];

/** What stands for a value that is not to be kept. */
export const HIDDEN = '…';

/** Names of what nobody wants in a record, alone or as the last words of a name. */
const SECRET =
  /^(?:.*-)?(?:password|passwd|passphrase|secret|credentials?|(?:api|secret|access|private|auth)-(?:key|token))$|^token$/;

/** Whether a parameter of this name is a secret, however much is kept otherwise. */
export function isSecret(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/_/g, '-');
  return SECRET.test(words.toLowerCase());
}

/** A parameter as the record may show it. Whatever `redact` returns that is not JSON, or where it fails, hides it. */
export function shownParameter(name: string, value: JsonValue, redact: Redact): JsonValue {
  if (isSecret(name)) return HIDDEN;
  if (redact === null) return value;
  try {
    const text = JSON.stringify(redact(structuredClone(value), name)) as string | undefined;
    return text === undefined ? HIDDEN : (JSON.parse(text) as JsonValue);
  } catch {
    return HIDDEN;
  }
}

/** See `shownParameter`. */
export function shownParameters(
  parameters: { [name: string]: JsonValue },
  redact: Redact,
): { [name: string]: JsonValue } {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, shownParameter(name, value, redact)]),
  );
}

/** A text of the user's code as the record may show it; null where nothing of it is to be kept. */
export function shownText(name: string, text: string, redact: Redact): string | null {
  try {
    const shown = redact === null ? text : redact(text, name);
    return typeof shown === 'string' ? shown : null;
  } catch {
    return null;
  }
}
