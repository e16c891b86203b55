import type { PaddedShape, PadValue, PerField } from './padding-options';

/** Where and how far tensors and lists are filled up. */
export interface Layout {
  side: 'right' | 'left';
  multipleOf: number;
  truncate: boolean;
}

/** The padding of tensors or lists. */
export interface LeafPadding extends Layout {
  value: PerField<PadValue> | undefined;
  shape: PaddedShape | null;
  /** ` in "tokens"`, for errors. */
  where: string;
}
