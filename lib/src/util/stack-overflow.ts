/** Whether the engine of JavaScript ran out of stack: nested values, or a chain of calls, were too deep. */
export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message === 'Maximum call stack size exceeded';
}

/** `error`, or what to tell of it where it is a stack that overflowed over a value. */
export function explainDepth(error: unknown, what: string, advice: string): unknown {
  if (!isStackOverflow(error)) return error;
  return new RangeError(`${what} is nested too deeply, or contains itself (the stack overflowed); ${advice}`);
}
