import { comparableCaptures } from '../graph/inputs-hash';
import { canonicalJson } from '../json/canonical-json';
import type { Capture, Code, JsonValue } from '../model/document';
import type { Change } from './change';

type Holder = Pick<Code, 'captures'> | null | undefined;

/**
 * What two functions capture that is not the same, by the path of names that leads there: `scale.factor`. Nothing where
 * it is not known of both.
 */
export function changedCaptures(a: Holder, b: Holder, before = 'captures'): Change[] {
  if (a?.captures === undefined || b?.captures === undefined) return [];
  const others = new Map(b.captures.map((capture) => [capture.name, capture]));
  const known = new Set(a.captures.map(({ name }) => name));
  return [
    ...a.captures.flatMap((capture) => changesOf(capture, others.get(capture.name), `${before}.${capture.name}`)),
    ...b.captures.flatMap((capture) =>
      known.has(capture.name) ? [] : changesOf(undefined, capture, `${before}.${capture.name}`),
    ),
  ];
}

function changesOf(a: Capture | undefined, b: Capture | undefined, path: string): Change[] {
  const own = ownPart(a) === ownPart(b) ? [] : [{ layer: 'inputs' as const, path, a: shown(a), b: shown(b) }];
  return [...own, ...changedCaptures(a, b, path)];
}

/** Without what it captures itself, which is listed by itself. */
function ownPart(capture: Capture | undefined): string {
  if (capture === undefined) return '';
  const { captures: _, ...own } = capture;
  return canonicalJson(comparableCaptures({ captures: [own] }));
}

function shown(capture: Capture | undefined): JsonValue {
  if (capture === undefined) return null;
  const { value, code, package: owner, digest, type, size } = capture;
  return value ?? code?.source ?? owner ?? [type, size, digest].filter((part) => part !== undefined).join(' ');
}
