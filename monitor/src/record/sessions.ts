import type { Patch, ProvenanceDocument, Sample } from 'stemma';
import type { BinarySample } from 'stemma/host';
import { difference } from './difference';
import { RecordedSession } from './recorded-session';
import { View } from './view';

/** A change that followers get. `createdMs`: milliseconds since the epoch. */
export type Change = { session: string; createdMs: number } & (
  | { kind: 'snapshot'; sessions: string[]; document: ProvenanceDocument }
  | { kind: 'patch'; patch: Patch }
  | { kind: 'samples'; artifacts: string[] }
  | ({ kind: 'status' } & Status)
  | { kind: 'gone' }
);

/** Whether a process can report. */
export type Status = Pick<RecordedSession, 'state' | 'blockedSinceMs'>;

const MAX_SESSIONS = 64;
/** Of the samples of all other processes together. */
const MAX_UPLOADED_BYTES = 256 * 1024 * 1024;
/** A live recorder reports every five seconds. */
const SILENT_MS = 12_000;

/** All sessions that report to this monitor. */
export class Sessions {
  /** Called after each change. */
  onChange: ((change: Change) => void) | null = null;
  readonly #sessions = new Map<string, RecordedSession>();
  readonly #views = new Map<string, View>();

  get(id: string): RecordedSession | undefined {
    return this.#sessions.get(id);
  }

  all(): RecordedSession[] {
    return [...this.#sessions.values()];
  }

  /** Of one session, or of all; null where there is no such session. */
  view(id: string | undefined): View | null {
    const sessions = id === undefined ? this.#recorded() : this.all().filter((session) => session.id === id);
    if (sessions.length === 0) return null;
    const tag = sessions.map((session) => `${session.id}.${session.version}`).join('+');
    const key = id ?? '';
    let view = this.#views.get(key);
    if (view?.tag !== tag) this.#views.set(key, (view = new View(tag, sessions)));
    return view;
  }

  /** A session's first document. False where the limit of sessions is reached. */
  add(from: RecordedSession['from'], document: ProvenanceDocument, createdMs: number): boolean {
    if (this.#sessions.size >= MAX_SESSIONS && !this.#forgetOne()) return false;
    const session = new RecordedSession(document.session.id, from, document, createdMs);
    this.#sessions.set(session.id, session);
    this.onChange?.(this.#snapshotOf(session));
    return true;
  }

  /** What somebody who knows nothing yet needs to know, of one session or of all. */
  whole(id: string | undefined): Change[] {
    const asked = this.all().filter((session) => id === undefined || session.id === id);
    return asked.flatMap((session) => {
      const { state, blockedSinceMs, heardMs } = session;
      const status: Change = { session: session.id, createdMs: heardMs, kind: 'status', state, blockedSinceMs };
      const isUsual = state === 'live' && blockedSinceMs === null;
      return [this.#snapshotOf(session), ...(isUsual ? [] : [status])];
    });
  }

  #snapshotOf({ id, heardMs, document }: RecordedSession): Change {
    return { session: id, createdMs: heardMs, kind: 'snapshot', sessions: [...this.#sessions.keys()], document };
  }

  /** A later document of a session that is known. */
  update(session: RecordedSession, document: ProvenanceDocument, createdMs: number): void {
    session.heardMs = createdMs;
    const patch = difference(session.document, document);
    if (patch !== null) this.apply(session, patch, createdMs);
  }

  apply(session: RecordedSession, patch: Patch, createdMs: number): void {
    session.apply(patch, createdMs);
    this.onChange?.({ session: session.id, createdMs, kind: 'patch', patch });
  }

  setStatus(session: RecordedSession, { state, blockedSinceMs }: Status): void {
    if (session.state === state && session.blockedSinceMs === blockedSinceMs) return;
    Object.assign(session, { state, blockedSinceMs });
    this.onChange?.({ session: session.id, createdMs: Date.now(), kind: 'status', state, blockedSinceMs });
  }

  /** To be called now and then: processes that are killed do not say so. */
  noteSilence(nowMs = Date.now()): void {
    for (const session of this.#sessions.values())
      if (session.from === 'remote' && session.state === 'live' && nowMs - session.reportedMs > SILENT_MS)
        this.setStatus(session, { state: 'silent', blockedSinceMs: null });
  }

  setPixels(session: RecordedSession, sampled: readonly { artifact: string; samples: BinarySample[] }[]): void {
    const createdMs = session.heardMs;
    for (const { artifact, samples } of sampled) session.setSamples(artifact, { pixels: samples }, createdMs);
    const artifacts = sampled.map(({ artifact }) => artifact);
    this.onChange?.({ session: session.id, createdMs, kind: 'samples', artifacts });
  }

  /** Samples of a remote session, with their size in bytes. False where they exceed the limit. */
  setSamples(session: RecordedSession, artifact: string, samples: Sample[], bytes: number): boolean {
    const others = this.all().reduce((sum, one) => sum + one.uploadedBytes, 0) - session.uploadedBytesOf(artifact);
    if (others + bytes > MAX_UPLOADED_BYTES) return false;
    const createdMs = session.heardMs;
    session.setSamples(artifact, { samples, bytes }, createdMs);
    this.onChange?.({ session: session.id, createdMs, kind: 'samples', artifacts: [artifact] });
    return true;
  }

  /** Those that recorded something; one that has not is of interest only while there is no other. */
  #recorded(): RecordedSession[] {
    const recorded = this.all().filter(({ document }) => document.processes.length > 0);
    return recorded.length > 0 ? recorded : this.all().slice(0, 1);
  }

  /** Drops the remote session with the oldest update, if that was a while ago. */
  #forgetOne(): boolean {
    const remote = this.all().filter(
      ({ from, reportedMs }) => from === 'remote' && Date.now() - reportedMs > FORGET_AFTER_MS,
    );
    const oldest = remote.sort((a, b) => a.reportedMs - b.reportedMs)[0];
    if (oldest === undefined) return false;
    this.#sessions.delete(oldest.id);
    this.#views.delete(oldest.id);
    this.onChange?.({ session: oldest.id, createdMs: Date.now(), kind: 'gone' });
    return true;
  }
}

const FORGET_AFTER_MS = 60_000;
