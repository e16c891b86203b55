/** As many as jupyter_client remembers. */
const MAX_DIGESTS = 65_536;
/** What goes at once where there are more. */
const CULLED = MAX_DIGESTS / 8;

/**
 * Signatures of the messages that came, so that one that is recorded and sent again is not obeyed again. The oldest are
 * forgotten.
 */
export class SeenDigests {
  readonly #seen = new Set<string>();

  /** False where it was there already. */
  add(digest: string): boolean {
    if (this.#seen.has(digest)) return false;
    this.#seen.add(digest);
    if (this.#seen.size > MAX_DIGESTS) this.#cull();
    return true;
  }

  #cull(): void {
    let left = CULLED;
    for (const digest of this.#seen) {
      if (left-- === 0) return;
      this.#seen.delete(digest);
    }
  }
}
