/** Compiled without `strict`, as cells are; see compilers.test.ts. What is inferred must hold there, too. */
import {
  centerCrop,
  Dataset,
  decodeImage,
  normalize,
  oneHotEncoder,
  ordinalEncoder,
  randomCrop,
  resize,
  simpleImputer,
  standardScaler,
  type Tensor,
  toFloat32,
  vocabulary,
} from 'stemma';

type Is<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Fails to compile unless the type of the first argument is `Expected`. */
const is =
  <Expected>() =>
  <T>(_value: T, _same: Is<T, Expected>): void =>
    undefined;

export async function uses(image: Tensor<Uint8Array>): Promise<void> {
  is<Tensor<Uint8Array>>()(centerCrop(4)(image), true);
  is<Tensor<Uint8Array>>()(resize({ width: 11, height: 9 })(image), true);
  is<Tensor<Float32Array>>()(toFloat32()(image), true);
  is<Tensor<Float32Array>>()(normalize({ mean: [0], std: [1] })(toFloat32()(image)), true);

  const images = Dataset.fromFolder('images').map(async (file) => ({ image: await decodeImage(file), label: 1 }));
  is<Dataset<{ image: Tensor<Uint8Array>; label: number }>>()(images.map(centerCrop(4).on('image')), true);
  is<Dataset<{ image: Tensor<Float32Array>; label: number }>>()(images.map(toFloat32().on('image')), true);
  is<Dataset<{ image: Tensor<Uint8Array>; label: number[] }>>()(images.batch(2), true);

  is<Dataset<Tensor<Uint8Array>>>()(Dataset.fromFolder('images').map(decodeImage), true);
  is<Dataset<Tensor<Uint8Array>>>()(Dataset.fromArray([image]).randomMap(randomCrop(4), 'Crop'), true);

  const rows = Dataset.fromArray([{ a: 1, b: 'x' }]);
  is<Dataset<{ a: number[]; b: string[] }>>()(rows.batch(2), true);
  const scaler = await standardScaler('a').fit(rows);
  is<Dataset<{ a: number; b: string }>>()(rows.map(scaler), true);
  is<Dataset<{ a: number; b: number }>>()(rows.map(await ordinalEncoder('b').fit(rows)), true);
  is<Dataset<{ a: number; b: Tensor<Float32Array> }>>()(rows.map(await oneHotEncoder('b').fit(rows)), true);
  is<Dataset<{ a: number; b: string }>>()(rows.map(await simpleImputer('a').fit(rows)), true);
  is<Dataset<{ a: number; b: number }>>()(rows.map(await vocabulary('b').fit(rows)), true);
  const { train, test } = Dataset.range(3).split({ train: 0.5, test: 0.5 });
  is<Dataset<number>[]>()([train, test], true);
  is<{ a: number; b: string }[]>()(await rows.toArray(), true);
  is<Dataset<[number, string]>>()(Dataset.zip([Dataset.range(2), Dataset.fromArray(['a', 'b'])]), true);
}
