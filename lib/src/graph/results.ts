import type { ArtifactRecord } from '../recorder/artifact-record';
import type { Session } from '../recorder/session';

/** A value that a run returned, and the artifact that stands for it. */
interface Result {
  artifact: ArtifactRecord;
  session: Session;
}

/** Numbers and texts have no identity: they are found by what they are. */
type Plain = number | string | bigint;

/** The latest results, in which parts and numbers are looked for; they keep nothing alive. */
const MAX_RECENT = 256;
/** Values within one result that are looked at: an array of millions is no place to find a part by chance. */
const MAX_VALUES = 20_000;

const results = new WeakMap<object, Result>();
const recent: { value: WeakRef<object> | Plain; artifact: WeakRef<ArtifactRecord>; session: WeakRef<Session> }[] = [];

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isPlain = (value: unknown): value is Plain => ['number', 'string', 'bigint'].includes(typeof value);

/** The artifact of a result, so that `uses` can name it. */
export function rememberResult(result: unknown, artifact: ArtifactRecord | null, session: Session): void {
  if (artifact === null) return;
  if (isObject(result)) results.set(result, { artifact, session });
  if (result instanceof Promise || !(isObject(result) || isPlain(result))) return;
  const value = isObject(result) ? new WeakRef(result) : result;
  recent.push({ value, artifact: new WeakRef(artifact), session: new WeakRef(session) });
  if (recent.length > MAX_RECENT) recent.shift();
}

/** What a value is the result of; undefined for what no run returned. */
export function resultOf(value: unknown): Result | undefined {
  return isObject(value) ? results.get(value) : undefined;
}

/**
 * The artifacts of `session` whose values `part` is in: an object by its identity, a number or a text by what it is, in
 * fields of records only. Of what was computed several times the latest counts.
 */
export function resultsWith(part: unknown, session: Session): ArtifactRecord[] {
  if (!isObject(part) && !isPlain(part)) return [];
  const found = new Map<string, ArtifactRecord>();
  for (const one of [...recent].reverse()) {
    const artifact = one.artifact.deref();
    const whole = one.value instanceof WeakRef ? one.value.deref() : one.value;
    if (artifact === undefined || whole === undefined || one.session.deref() !== session) continue;
    if (!found.has(artifact.key) && holds(whole, part)) found.set(artifact.key, artifact);
  }
  const all = [...found.values()];
  const current = all.filter(({ producer }) => !producer.superseded);
  return current.length > 0 ? current : all;
}

/** Whether `part` is `whole`, or within it; getters are not called. */
function holds(whole: unknown, part: unknown): boolean {
  const seen = new Set<unknown>();
  const rest = [whole];
  const isByIdentity = isObject(part);
  for (let looked = 0; rest.length > 0 && looked < MAX_VALUES; looked++) {
    const value = rest.pop();
    if (Object.is(value, part)) return true;
    if (!isObject(value) || ArrayBuffer.isView(value) || seen.has(value)) continue;
    seen.add(value);
    if (isByIdentity || !Array.isArray(value)) rest.push(...membersOf(value));
  }
  return false;
}

function membersOf(value: object): unknown[] {
  if (Array.isArray(value)) return value.slice(0, MAX_VALUES);
  if (value instanceof Map) return [...value.values()].slice(0, MAX_VALUES);
  return Object.keys(value)
    .slice(0, MAX_VALUES)
    .map((name) => Object.getOwnPropertyDescriptor(value, name)?.value as unknown);
}
