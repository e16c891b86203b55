/** What to do with a numbered message. */
export type Verdict = 'apply' | 'gap';

/**
 * Watches the sequence numbers of one comm (docs/reference/protocol.md): each message has a number one higher than the
 * one before, and a snapshot is taken whatever its number.
 */
export class SequenceGuard {
  check(message: { type: string; seq: number }): Verdict {
    if (message.type === 'snapshot') {
      this._last = message.seq;
      return 'apply';
    }
    if (this._last === null || message.seq !== this._last + 1) {
      this._last = null;
      return 'gap';
    }
    this._last = message.seq;
    return 'apply';
  }

  private _last: number | null = null;
}
