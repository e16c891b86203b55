/** One record of a source that cannot be read, where those after it can. Takes the place of its item in the stream. */
export class BadRecord {
  constructor(
    readonly cause: Error,
    /** File and line, or row. */
    readonly origin: string,
    /** What there is of it, for a handler. */
    readonly input: unknown,
    /** False: the message says what to do, and leaving the record out would hide a mistake. */
    readonly mayBeLeftOut = true,
  ) {}
}

/** `length` records that a reader did not read, since a run goes on behind them. */
export class PassedOver {
  constructor(readonly length: number) {}
}

/** Items that follow one another, or a record that is none. */
export type Records = readonly unknown[] | BadRecord;

/** What readers emit. */
export type Block = Records | PassedOver;
