import { callSite } from './environment/call-site';
import type { CellRef } from 'stemma-document';
import { sourceOf } from './captures/source-of';
import type { ProcessDefinition } from './process-definition';
import type { ProcessRecord } from './process-record';
import type { RecorderSettings } from './settings/settings';

/** How many equal operations of one place get separate records while none of them is free. */
const MOST_TWINS = 16;

/**
 * Operations that are declared again at the place in the code where an equal one was declared, as in a loop over
 * epochs. They share one record, so that it does not grow with the epochs. One that has yet to run, or is running,
 * keeps its record to itself: equal operations side by side have separate records, up to `MOST_TWINS` of them.
 */
export class Twins {
  readonly #byKey = new Map<string, ProcessRecord[]>();

  /** `isKept`: whether the session still has it. */
  constructor(private readonly isKept: (process: ProcessRecord) => boolean) {}

  /** The record of an equal operation that is free; null where there is none. */
  free(key: string): ProcessRecord | null {
    const twins = (this.#byKey.get(key) ?? []).filter(this.isKept);
    const free = twins.find((process) => process.isFree) ?? (twins.length < MOST_TWINS ? undefined : twins[0]);
    if (free === undefined) return null;
    // The next one that finds none free takes another.
    this.#byKey.set(key, [...twins.filter((process) => process !== free), free]);
    return free;
  }

  add(key: string, process: ProcessRecord): void {
    const twins = this.#byKey.get(key);
    if (twins === undefined) this.#byKey.set(key, [process]);
    else twins.push(process);
  }

  /** Forgets what the session has dropped. */
  prune(): void {
    for (const [key, twins] of this.#byKey) {
      const kept = twins.filter(this.isKept);
      if (kept.length === 0) this.#byKey.delete(key);
      else this.#byKey.set(key, kept);
    }
  }
}

/**
 * What equal operations have in common: place, definition, inputs, and what is kept of their data. Null where the place
 * is not known.
 */
export function twinKey(
  { kind, role, label, inputs, uses, options, hasDrawnSeed, samples, fn }: ProcessDefinition,
  length: unknown,
  cell: CellRef | null,
  settings: RecorderSettings,
): string | null {
  const site = callSite();
  // Within a function that redacts, two functions look alike.
  if (site === '' || settings.redact !== null) return null;
  return JSON.stringify([
    site,
    cell,
    kind,
    role,
    label,
    hasDrawnSeed === true ? { ...options, seed: null } : options,
    typeof fn === 'function' ? sourceOf(fn, Infinity).source : null,
    [inputs, uses].map((artifacts) => artifacts.map(({ id }) => id)),
    length,
    samples ?? settings.samples,
    settings.timing,
  ]);
}
