import { ADJUSTMENTS, type AdjustmentName } from './adjust';
import { layoutAlone, type LayoutOptions, numberOf } from './parameters';
import { type ImageTransform, imageTransform } from './transform';

/** Adjusts images by a factor from 0 on; 1 leaves them as they are. */
export const byFactor = (
  name: string,
  adjustment: AdjustmentName,
  factor: number,
  options: LayoutOptions,
): ImageTransform => {
  numberOf(factor, `factor of ${name}`, 0);
  const layout = layoutAlone(options, name);
  return imageTransform({
    name,
    layout,
    parameters: { factor, layout },
    apply: (image) => ADJUSTMENTS[adjustment](image, factor),
  });
};
