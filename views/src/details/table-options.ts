import type { FieldStatistics } from 'stemma-document';
import type { TableChoices } from '../model/ui-state';

/** What a table of samples is drawn with. */
export interface TableOptions {
  /** Statistics of the stream's fields, for the heads of the columns. */
  fields: readonly FieldStatistics[];
  /** Of which items those are, in words. */
  basis: string;
  /** What a person chose; changed in place. */
  choices: TableChoices;
  /** Side of an image, in pixels. */
  imageSize: number;
}
