/** A record cannot be run once more: the message says why, and what to do. */
export class CannotReproduce extends Error {
  override readonly name = 'CannotReproduce';
}
