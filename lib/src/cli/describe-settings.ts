import type { JsonValue, SessionInfo } from 'stemma-document';
import { plainText } from './plain-text';

/** What the program was given, each under its name. */
function settingsOf({ parameters = {}, seed, shard }: SessionInfo): Map<string, JsonValue> {
  const settings = new Map(Object.entries(parameters).map(([name, value]) => [`parameter ${name}`, value]));
  if (seed !== undefined) settings.set('seed', seed);
  if (shard !== undefined) settings.set('part', `${shard.index + 1} of ${shard.count}`);
  return settings;
}

/** Parameters, seed and part: a fact for each. */
export function describeSettings(session: SessionInfo): string[] {
  return [...settingsOf(session)].map(([name, value]) => `${name} ${plainText(value)}`);
}
