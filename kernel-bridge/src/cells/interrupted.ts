/** What an interrupted cell's code gets thrown at its awaits, and what the cell's reply says. */
export class Interrupted extends Error {
  readonly #brand = true;

  constructor() {
    super('the cell was interrupted; variables keep their values');
    this.name = 'Interrupted';
    this.stack = `${this.name}: ${this.message}`;
  }

  /** Asks nothing of the value: whatever user code throws is tested, proxies with traps included. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && #brand in value;
  }
}
