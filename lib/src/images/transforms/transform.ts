import type { JsonValue } from 'stemma-document';
import type { Tensor } from '../../tensor/tensor';
import { inWords } from '../../util/check';
import { codeOf, described, type TransformFacts } from '../../util/described';
import type { Random } from '../../util/random';
import type { FunctionContext } from '../../engine/user-function';
import type { Advice } from '../../util/advice';
import { type Image, imageOf, type Layout, type Pixels, tensorOf } from './image';

/**
 * What becomes of the elements' type: `To`, or what it was. Not null for the latter: without `strict` null is of every
 * type.
 */
export type Transformed<D extends Pixels, To extends Pixels | 'same'> = Tensor<To extends Pixels ? To : D>;

/** A record in which the images of some fields are transformed. */
export type WithTransformed<T, K extends PropertyKey, To extends Pixels | 'same'> = To extends Pixels
  ? { [name in keyof T]: name extends K ? Tensor<To> : T[name] }
  : T;

/** What a transform says of items that are no images for it. */
type NoImage<From extends Pixels> = Uint8Array extends From
  ? Advice<"expected images, as decodeImage returns them; of records, name the fields: .on('image')">
  : Advice<"expected float32 images: put toFloat32() before it, or decode with dtype: 'float32'; of records, name the fields: .on('image')">;

type NoField<K extends string, From extends Pixels> = Uint8Array extends From
  ? Advice<`expected records with images in ${K}`>
  : Advice<`expected records with float32 images in ${K}: put toFloat32().on(…) before it, or decode with dtype: 'float32'`>;

/**
 * A function for `map`, from one image to another: `.map(centerCrop(224))`. Its name and parameters get into the
 * record. Images keep their dtype unless `To` says otherwise; `From` are those that it takes.
 */
export interface ImageTransform<
  To extends Pixels | 'same' = 'same',
  From extends Pixels = Pixels,
> extends TransformFacts {
  <D extends From>(
    image: Tensor<D> | NoImage<From>,
    context?: FunctionContext | Advice<'it draws no random numbers: pass it to map'>,
  ): Transformed<D, To>;
  /** The same for fields of records, which keep their other fields: `.map(centerCrop(224).on('image'))`. */
  on<K extends string>(...fields: [K, ...K[]]): FieldTransform<K, To, From>;
}

/** An `ImageTransform` of fields of records. */
export interface FieldTransform<
  K extends string,
  To extends Pixels | 'same',
  From extends Pixels,
> extends TransformFacts {
  <T extends { readonly [name in K]: Tensor<From> }>(
    item: T | NoField<K, From>,
    context?: FunctionContext | Advice<'it draws no random numbers: pass it to map'>,
  ): WithTransformed<T, K, To>;
}

/**
 * A function for `randomMap`, from one image to another: `.randomMap(randomHorizontalFlip())`. As `ImageTransform` in
 * all else.
 */
export interface RandomImageTransform extends TransformFacts {
  <D extends Pixels>(
    image: Tensor<D> | NoImage<Pixels>,
    random: Random | Advice<'it draws random numbers: pass it to randomMap'>,
  ): Tensor<D>;
  /**
   * The same for fields of records. Several fields, such as an image and its mask, are transformed alike: the numbers
   * are drawn once for all of them, and they must have the same height and width.
   */
  on<K extends string>(...fields: [K, ...K[]]): RandomFieldTransform<K>;
}

/** A `RandomImageTransform` of fields of records. */
export interface RandomFieldTransform<K extends string> extends TransformFacts {
  <T extends { readonly [name in K]: Tensor<Pixels> }>(
    item: T | NoField<K, Pixels>,
    random: Random | Advice<'it draws random numbers: pass it to randomMap'>,
  ): T;
}

/** What a transform is made of. */
interface Definition {
  name: string;
  layout: Layout;
  parameters: { [name: string]: JsonValue };
  uses?: readonly unknown[];
}

type Apply = (image: Image) => Image;

/** Where chance leaves an image as it is. */
export const unchanged: Apply = (image) => image;

export function imageTransform<To extends Pixels | 'same' = 'same', From extends Pixels = Pixels>(
  definition: Definition & { apply: Apply },
): ImageTransform<To, From> {
  const { name, layout, apply } = definition;
  const one = (tensor: unknown): Tensor => transformed(imageOf(tensor, layout, name), apply, tensor as Tensor);
  const on = (...fields: string[]): unknown => {
    checkFields(fields, name);
    const call = (item: Fields): Fields => {
      const result = copyOf(item, name);
      for (const field of fields)
        result[field] = transformed(imageIn(item, field, definition), apply, item[field] as Tensor);
      return result;
    };
    return recorded(call, definition, false, fields);
  };
  return Object.assign(recorded(one, definition, false), { on }) as unknown as ImageTransform<To, From>;
}

/** `draw` draws what to do with images of a size. */
export function randomTransform(
  definition: Definition & { draw: (random: Random, height: number, width: number) => Apply },
): RandomImageTransform {
  const { name, layout, draw } = definition;
  const one = (tensor: unknown, random: Random): Tensor => {
    const image = imageOf(tensor, layout, name);
    return transformed(image, draw(checkRandom(random, name), image.height, image.width), tensor as Tensor);
  };
  const on = (...fields: string[]): unknown => {
    checkFields(fields, name);
    const call = (item: Fields, random: Random): Fields => {
      const result = copyOf(item, name);
      const images = fields.map((field) => imageIn(item, field, definition));
      const { height, width } = images[0]!;
      const apply = draw(checkRandom(random, name), height, width);
      images.forEach((image, i) => {
        if (image.height !== height || image.width !== width)
          throw new RangeError(
            `invalid fields of ${name}: expected images of one size, got ${height} × ${width} in "${fields[0]}" and ` +
              `${image.height} × ${image.width} in "${fields[i]}" (height × width)`,
          );
        result[fields[i]!] = transformed(image, apply, item[fields[i]!] as Tensor);
      });
      return result;
    };
    return recorded(call, definition, true, fields);
  };
  return Object.assign(recorded(one, definition, true), { on }) as unknown as RandomImageTransform;
}

interface Fields {
  [name: string]: unknown;
}

const imageIn = (item: Fields, field: string, { layout, name }: Definition): Image =>
  imageOf(item[field], layout, name, `field "${field}"`);

/** The tensor itself where nothing was done. */
function transformed(image: Image, apply: Apply, tensor: Tensor): Tensor {
  const result = apply(image);
  return result === image ? tensor : tensorOf(result);
}

/** The transform with what the record shows of it. */
function recorded<F extends object>(
  fn: F,
  { name, parameters, uses = [] }: Definition,
  draws: boolean,
  fields?: string[],
): F {
  const text = `${name}(${codeOf(parameters)})${fields === undefined ? '' : `.on(${fields.map(codeOf).join(', ')})`}`;
  const facts = { parameters: fields === undefined ? parameters : { ...parameters, fields }, uses };
  return described(fn, name, text, facts, draws);
}

function checkFields(fields: readonly unknown[], name: string): void {
  if (fields.length > 0 && fields.every((field) => typeof field === 'string')) return;
  throw new TypeError(
    `invalid fields of ${name}: expected names, such as on('image'), got ${fields.map(inWords).join(', ') || 'none'}`,
  );
}

function copyOf(item: unknown, name: string): Fields {
  if (typeof item === 'object' && item !== null && !Array.isArray(item)) return { ...(item as Fields) };
  throw new TypeError(`invalid item of ${name}: expected a record, got ${inWords(item)}`);
}

function checkRandom(random: unknown, name: string): Random {
  if (typeof (random as Random | undefined)?.next === 'function') return random as Random;
  throw new TypeError(
    `${name} draws random numbers: pass it to randomMap, not to map, or call it with a Random, got ${inWords(random)}`,
  );
}
