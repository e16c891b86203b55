/** Marks datasets, of whichever copy of the library. */
export const DATASET = Symbol.for('stemma.dataset');

export const isMarked = (value: object): boolean => DATASET in value;
