/** What holds of all steps of one kind, whatever their options. */
export interface Kind {
  /** Where it stands in a pipeline. */
  role: 'source' | 'operation' | 'sink';
  /** What it does, for people: a short sentence without a full stop. */
  summary: string;
  /**
   * Its items are those of its input in the same order: nothing that comes out of a pipeline depends on it being there.
   */
  transparent?: true;
  /**
   * It has a `seed`, from which it draws: `items`, which ones there are or their order; `values`, what its function
   * makes of an item. Both differ from run to run, unless the options say otherwise.
   */
  random?: 'items' | 'values';
  /** An item that it emits is made of several that come in. */
  joins?: true;
  /** It takes a part of its input by position: a `range` of it, or each n-th item as a `shard` does. */
  part?: 'range' | 'shard';
  /** It keeps items: once it has all, a run may reach it and nothing upstream. */
  stores?: true;
  /** What it emits stands in the order of its input. */
  keepsOrder?: true;
  /** It leaves items out by what they are. */
  drops?: true;
  /** Its result is a value, an artifact of its own. */
  value?: true;
  /** It writes a file, or a folder of files: an artifact of its own. */
  file?: true;
  /** Its items are read by a loop of the user's code. */
  loop?: true;
  /** Which items come of which rows of the sources is not known behind it. */
  hidesRows?: true;
}
