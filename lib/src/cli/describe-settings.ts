import { type JsonValue, printable, type SessionInfo } from 'stemma-document';

/** What the program was given, each under its name. */
function settingsOf({ parameters = {}, seed, shard }: SessionInfo): Map<string, JsonValue> {
  const settings = new Map(Object.entries(parameters).map(([name, value]) => [`parameter ${name}`, value]));
  if (seed !== undefined) settings.set('seed', seed);
  if (shard !== undefined) settings.set('part', `${shard.index + 1} of ${shard.count}`);
  return settings;
}

/** Parameters, seed and part: a fact for each. */
export function describeSettings(session: SessionInfo): string[] {
  return [...settingsOf(session)].map(([name, value]) => `${name} ${textOf(value)}`);
}

/** A line for each of them that differs, also where the definitions are the same. */
export function describeChangedSettings(a: SessionInfo, b: SessionInfo): string[] {
  const [before, after] = [settingsOf(a), settingsOf(b)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((name) => [name, textOf(before.get(name)), textOf(after.get(name))] as const)
    .filter(([, old, now]) => old !== now)
    .map(([name, old, now]) => printable(`${name}: ${old} before, ${now} after`));
}

const textOf = (value: JsonValue | undefined): string =>
  value === undefined ? 'none' : typeof value === 'string' ? value : JSON.stringify(value);
