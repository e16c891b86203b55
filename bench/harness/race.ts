/** One way to do the work of a race. Each runs in a process of its own. */
export interface Variant {
  name: string;
  /** How many items one run handles: fewer for the slow ones, since times are compared for each item. */
  items: number;
  /** For Node: further options on its command line. */
  nodeOptions?: readonly string[];
  /**
   * In its process: sets up, warms up, and returns a function that does one run. Its result is compared with the
   * others'.
   */
  prepare?: () => Promise<() => unknown>;
  /** In place of `prepare`: a script in `bench/python` and its arguments, run with the peers' interpreter. */
  python?: readonly string[];
}

/** What a race is to show: the time of `of` divided by that of `against`; see `VariantResult.ratio` for which time. */
export interface Target {
  text: string;
  of: string;
  against: string;
  atMost: number;
}

/** Variants that do the same work, their runs interleaved. */
export interface Race {
  name: string;
  title: string;
  unit: 'ns/item' | 'items/s';
  /** The variant that the table's ratios are against. */
  baseline: string;
  variants: readonly Variant[];
  targets: readonly Target[];
  /** Runs before the measured ones, so that compilers and caches have done their work. Default 2. */
  warmUps?: number;
  /**
   * Processes for each variant: several where V8's collector falls into one habit in one process and into another in
   * the next. Default 1.
   */
  processes?: number;
}
