/** What the types of the document are made of: JSON, and words to which later versions of the format may add. */

/** Whatever JSON can hold. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** A word that a later version of the format may have added to a list of known ones. */
export type OtherWord = string & Record<never, never>;

/**
 * Stands for every `type` or `kind` that this version does not know, so that a `switch` needs a default. No value is
 * this very text.
 */
export type OtherTag = '%future added value';

/** An alternative that a later version of the format has added, recognized by its `type`. */
export interface OtherType {
  type: OtherTag;
}

/** An alternative that a later version of the format has added, recognized by its `kind`. */
export interface OtherKind {
  kind: OtherTag;
}

/**
 * Facts that others than Stemma add, each under a name that nobody else gives: a reversed domain (`org.example.cost`)
 * or a URL. Stemma keeps them and passes them on.
 */
export interface Extensions {
  [name: string]: Extension;
}

/** What stands under one name of `extensions`. */
export interface Extension {
  /** Absolute URL of the JSON Schema of this value. */
  schemaUrl: string;
  [member: string]: JsonValue;
}

/**
 * Where something is in its life. `stopped`: read no further, which is no failure of its own: a loop over its items was
 * left early (`break`, `return`), or another step of the run failed. `aborted`: an interrupt or an AbortSignal ended
 * it.
 */
export type KnownState = 'new' | 'running' | 'complete' | 'stopped' | 'failed' | 'aborted';

/** A known state, or one that a later version has added. */
export type State = KnownState | OtherWord;

/** @minimum 0 */
export type Count = number;
