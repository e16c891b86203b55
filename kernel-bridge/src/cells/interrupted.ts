/** What an interrupted cell's code gets thrown at its awaits, and what the cell's reply says. */
export class Interrupted extends Error {
  constructor() {
    super('the cell was interrupted; variables keep their values');
    this.name = 'Interrupted';
    this.stack = `${this.name}: ${this.message}`;
  }
}
