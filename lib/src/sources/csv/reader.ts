/** What the value of a field is; undefined where the text says nothing of the kind. */
export type Reader = (text: string) => unknown;
