import type { JsonValue } from 'stemma-document';
import type { ProcessDefinition } from './process-definition';
import type { ProcessRecord } from './process-record';
import { sourceOf } from './captures/source-of';

/** What stands for an option that differs from one instance to the next. */
export const VARIES = '(varies)';

/** How many operations the functions of one operation, and those in them, may make, however many items call them. */
const MAX_PLACES = 200;

/**
 * The operations that are made inside calls of one operation's function, one for each place in its code: reading sixty
 * files in a `flatMap` is one node with the counts of all, not sixty. Shared with the operations that are made in their
 * functions in turn.
 */
export class InnerProcesses {
  readonly #byPlace = new Map<string, ProcessRecord>();
  readonly #refused = new Set<string>();

  get(place: string): ProcessRecord | undefined {
    return this.#byPlace.get(place);
  }

  get full(): boolean {
    return this.#byPlace.size >= MAX_PLACES;
  }

  /** There are too many places. Returns whether this one was not refused before. */
  refuse(place: string): boolean {
    if (this.#refused.has(place) || this.#refused.size >= MAX_PLACES) return false;
    this.#refused.add(place);
    return true;
  }

  set(place: string, process: ProcessRecord): void {
    this.#byPlace.set(place, process);
  }
}

/**
 * Which place it is: where the code called, for what kind of operation, on what. Two branches of one function are two
 * places.
 */
export function placeIn(owner: ProcessRecord, site: string, definition: ProcessDefinition): string {
  const { kind, inputs, fn } = definition;
  const code = site === '' && typeof fn === 'function' ? sourceOf(fn).source : site;
  return JSON.stringify([owner.id, code, kind, unique(inputs.map(({ id }) => id))]);
}

/**
 * The definition of all instances at a place, made from that of the first. Files are named by the sort of their source.
 */
export function templateOf(definition: ProcessDefinition): ProcessDefinition {
  const { kind, label, role, options, inputs, uses } = definition;
  const isNamedByFile = role === 'source' && typeof options.path === 'string' && options.path.endsWith(label);
  return {
    ...definition,
    label: isNamedByFile ? kind : label,
    options: { ...options },
    inputs: unique(inputs),
    uses: unique(uses),
  };
}

/** Notes in the options of a template where another instance has others. Returns whether anything changed. */
export function widenOptions(template: { [name: string]: JsonValue }, options: { [name: string]: JsonValue }): boolean {
  let changed = false;
  for (const name of Object.keys({ ...template, ...options })) {
    const known = template[name];
    if (known === VARIES || known === options[name]) continue;
    if (known !== undefined && JSON.stringify(known) === JSON.stringify(options[name])) continue;
    template[name] = VARIES;
    changed = true;
  }
  return changed;
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
