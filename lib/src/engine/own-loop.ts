import type { Loop } from './sweep';
import type { Call } from './user-function';

/**
 * After this many cheap calls, a dedicated loop pays off: it has to be compiled, and is slow until V8 has optimized it.
 */
const WORTHWHILE = 1 << 16;

/**
 * The loop that calls one function. V8 optimizes a loop by what it has seen pass through it, and so a loop that is
 * shared by many functions calls each of them blindly. A function that is called often gets a copy of its own, into
 * which V8 inlines it.
 */
export class OwnLoop {
  #calls = 0;

  private constructor(public loop: Loop) {}

  static readonly #known = new WeakMap<Loop, WeakMap<Call, OwnLoop>>();

  /** That of a function which may have been called in an earlier run. */
  static of(call: Call, shared: Loop): OwnLoop {
    let known = OwnLoop.#known.get(shared);
    if (known === undefined) OwnLoop.#known.set(shared, (known = new WeakMap()));
    let own = known.get(call);
    if (own === undefined) known.set(call, (own = new OwnLoop(shared)));
    return own;
  }

  /** Counts cheap calls, and copies the loop once they are many. */
  called(times: number): void {
    if (this.#calls > WORTHWHILE) return;
    this.#calls += times;
    if (this.#calls > WORTHWHILE) this.loop = copyOf(this.loop);
  }
}

let copies = 0;

/**
 * The same function from a source text of its own: V8 takes equal texts for one. Where code may not be made from text,
 * the function itself.
 */
function copyOf(loop: Loop): Loop {
  try {
    return new Function(`return ${loop.toString()}\n// ${++copies}`)() as Loop;
  } catch {
    return loop;
  }
}
