import { checkWhole } from './check';

/**
 * Seeded random numbers: xoshiro128** 1.1 (Blackman and Vigna, https://prng.di.unimi.it/xoshiro128starstar.c), its
 * state filled by SplitMix32. Fast, of good quality, and the same on every machine; not for cryptography.
 *
 * @example
 * new Random(7).int(6) === new Random(7).int(6); // true
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** Any number of integers; the same ones give the same sequence. @throws TypeError for anything but an integer */
  constructor(...seeds: number[]) {
    let h = 0x9e3779b9;
    for (const seed of seeds) {
      checkWhole(seed, 'seed of Random');
      h = mix(h ^ mix(seed | 0) ^ mix((seed / 4294967296) | 0));
    }
    const next = (): number => {
      h = (h + 0x9e3779b9) | 0;
      return mix(h);
    };
    this.#a = next();
    this.#b = next();
    this.#c = next();
    this.#d = next() | 1;
  }

  /**
   * The next 32 bits, as an unsigned integer.
   *
   * @example
   * new Random(1).bits() < 2 ** 32; // true
   */
  bits(): number {
    const scrambled = Math.imul(this.#b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const t = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= t;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }

  /**
   * Uniform in [0, 1).
   *
   * @example
   * const coin = new Random(1).next() < 0.5 ? 'heads' : 'tails';
   */
  next(): number {
    return this.bits() / 4294967296;
  }

  /**
   * A uniform integer in [0, n), for n up to 2^32.
   *
   * @example
   * const die = 1 + new Random(1).int(6);
   */
  int(n: number): number {
    return Math.floor(this.next() * n);
  }

  /**
   * Uniform in [low, high).
   *
   * @example
   * const angle = new Random(1).uniform(-180, 180);
   */
  uniform(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /**
   * Normally distributed (Box and Muller, 1958).
   *
   * @example
   * const noise = new Random(1).normal(0, 0.1);
   */
  normal(mean = 0, anomaly = 1): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return mean + anomaly * radius * Math.cos(2 * Math.PI * this.next());
  }
}

/** The finalizer of MurmurHash3 (Appleby): every bit of the input changes half of the output. */
export function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/** A 32-bit hash of a text (FNV-1a), to derive seeds from labels. */
export function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h | 0;
}

/** A seed where the user gave none; it is recorded, so that the run can be repeated. */
export function drawSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}
