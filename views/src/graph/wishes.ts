/**
 * Preferred positions of nodes that are placed again: where they stood, or where their group stood. Nodes that were
 * drawn as one share its place side by side, in their order.
 */
export class Wishes {
  constructor(private readonly _column: number) {}

  keep(id: string, across: number): void {
    this._kept.set(id, across);
  }

  /** `group`: the same for all that share the place. */
  share(id: string, middle: number, group: string): void {
    const size = this._sizes.get(group) ?? 0;
    this._sizes.set(group, size + 1);
    this._shared.set(id, { middle, group, index: size });
  }

  shares(id: string): boolean {
    return this._shared.has(id);
  }

  /** `isBelow`: a parent shares the place, and so leads the way. */
  of(id: string, isBelow: boolean): number | undefined {
    const shared = isBelow ? undefined : this._shared.get(id);
    const last = (this._sizes.get(shared?.group ?? '') ?? 1) - 1;
    return this._kept.get(id) ?? (shared && shared.middle + (shared.index - last / 2) * this._column);
  }

  private readonly _kept = new Map<string, number>();
  private readonly _shared = new Map<string, { middle: number; group: string; index: number }>();
  private readonly _sizes = new Map<string, number>();
}
