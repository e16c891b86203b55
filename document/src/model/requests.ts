/**
 * What a page sends to a kernel: one table of names, members, and replies. The kernel's dispatch and the page's client
 * take their types from it, so that a new request is its entries in `Requests`, `Replies` and `REQUESTS`, a handler in
 * `kernel-bridge/src/recorder/request-handlers.ts`, and its caller.
 */
import type { ProvenanceDocument } from './document';

type Nothing = Record<never, never>;

/** What a page tells the kernel about itself, by the `type` of the message: no reply has to come. */
export interface Notices {
  /** Wants a new snapshot (after a gap in the sequence numbers). */
  resync: Nothing;
  /** The artifacts whose samples the page shows; replaces the list before. */
  watch: { artifacts: string[] };
  /** A hidden page wants nothing. */
  pause: Nothing;
  /** Visible again: the kernel sends a snapshot. */
  resume: Nothing;
}

/** What a page asks the recorder for, by the `type` of the message: what it says beside that. */
export interface Requests {
  /** The whole document, samples included. */
  document: Nothing;
}

/** What the replies say; they have the `type` of their request. */
export interface Replies {
  /** Null while the notebook has not imported `stemma`. */
  document: { document: ProvenanceDocument | null };
}

export type RequestName = keyof Requests;

/** How a member of a message is checked. */
interface Member<T> {
  expected: string;
  is(value: unknown): value is T;
}

type Members<T> = { readonly [Name in keyof T]: Member<T[Name]> };

const ids: Member<string[]> = {
  expected: 'a list of ids',
  is: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
};

/** The members of each notice. */
export const NOTICES: { readonly [Name in keyof Notices]: Members<Notices[Name]> } = {
  resync: {},
  watch: { artifacts: ids },
  pause: {},
  resume: {},
};

/** The parameters of each request. */
export const REQUESTS: { readonly [Name in RequestName]: Members<Requests[Name]> } = {
  document: {},
};
