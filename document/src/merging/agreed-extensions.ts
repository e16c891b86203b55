import type { Extension, Extensions } from '../model/document';
import { canonicalJson } from '../json/canonical-json';

/** The extensions on which all agree who have them; the others are with the sessions' own contributions. */
export function agreedExtensions(all: readonly { extensions?: Extensions }[]): { extensions?: Extensions } {
  const found = new Map<string, Extension[]>();
  for (const { extensions = {} } of all)
    for (const [name, extension] of Object.entries(extensions))
      found.set(name, [...(found.get(name) ?? []), extension]);
  const agreed = [...found].filter(([, values]) => new Set(values.map(canonicalJson)).size === 1);
  return agreed.length === 0 ? {} : { extensions: Object.fromEntries(agreed.map(([name, [first]]) => [name, first!])) };
}
