/** A line on stdout: what was asked for. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A line on stderr: what a person should know beside it. */
export function warn(text: string): void {
  process.stderr.write(`${text}\n`);
}
