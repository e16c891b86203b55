/** Holds the value of one top-level name, under the name itself. */
export type Box = Record<string, unknown>;

/**
 * The values of the notebook's top-level names. Each has one box for the whole session, which every cell that names it
 * gets; so an assignment in any cell is seen by the functions of all.
 *
 * A box of its own for each name, and the name as its only property: V8 then keeps numbers in it unboxed, and no number
 * of names makes any of them slow.
 */
export class Bindings {
  readonly #boxes = new Map<string, Box>();

  box(name: string): Box {
    let box = this.#boxes.get(name);
    if (box === undefined) this.#boxes.set(name, (box = createBox(name)));
    return box;
  }

  has(name: string): boolean {
    const box = this.#boxes.get(name);
    return box !== undefined && Object.hasOwn(box, name);
  }

  /** The value of a name; undefined where it has none. */
  get(name: string): unknown {
    return this.has(name) ? this.box(name)[name] : undefined;
  }

  /**
   * The top-level name whose box a variable `variable` of a compiled cell holds, and its value: null where it has none
   * yet, undefined where the variable is no box.
   */
  behind(variable: string, box: unknown): { name: string; value: unknown } | null | undefined {
    for (let name = variable; name !== ''; name = name.slice(1)) {
      if (this.#boxes.has(name) && this.#boxes.get(name) === box)
        return this.has(name) ? { name, value: this.get(name) } : null;
      if (!name.startsWith('$')) return undefined;
    }
    return undefined;
  }

  /** Makes a name stand for what `read` returns, until it is assigned to. */
  link(name: string, read: () => unknown): void {
    const box = this.box(name);
    Object.defineProperty(box, name, { ...settable(name), get: read });
  }

  /** The present values of those of the names that have one. */
  snapshot(names: Iterable<string>): Map<string, unknown> {
    return new Map([...names].filter((name) => this.has(name)).map((name) => [name, this.get(name)]));
  }
}

/** A box without a value: reading throws as it does before a declaration in JavaScript. */
function createBox(name: string): Box {
  const unset = Object.defineProperty(Object.create(null) as Box, name, {
    ...settable(name),
    get() {
      throw new ReferenceError(`Cannot access '${name}' before initialization`);
    },
  });
  return Object.create(unset) as Box;
}

/** A property that becomes a plain one when it is assigned to. */
const settable = (name: string): PropertyDescriptor => ({
  configurable: true,
  enumerable: true,
  set(this: Box, value: unknown) {
    Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
  },
});
