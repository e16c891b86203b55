import type { JsonValue } from 'stemma-document';
import type { RecorderSettings } from '../settings/settings';
import { isSecret } from './secret-names';
import { HIDDEN, withoutSecrets } from './without-secrets';

type Redact = RecorderSettings['redact'];

/**
 * A parameter as the record may show it: what `redact` leaves of it, without secrets. Whatever `redact` returns that is
 * not JSON, or where it fails, hides it.
 */
export function shownParameter(name: string, value: JsonValue, redact: Redact): JsonValue {
  if (isSecret(name)) return HIDDEN;
  if (redact === null) return withoutSecrets(value);
  try {
    const text = JSON.stringify(redact(structuredClone(value), name)) as string | undefined;
    return text === undefined ? HIDDEN : withoutSecrets(JSON.parse(text) as JsonValue);
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
