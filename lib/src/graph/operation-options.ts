import { checkOptions, type OptionTypes } from '../util/options';

/** The options that every operation has. */
export interface OperationOptions {
  /** The label in the graph and in error messages. Default: the function's name, or a piece of its source. */
  identifier?: string;
  /** Results of other pipelines that the function uses: what `reduce`, `count` or `toArray` returned. */
  uses?: readonly unknown[];
  /** False: no samples of the operation's output are kept. Default: by `provenance.settings`. */
  samples?: boolean;
}

/** An identifier alone may stand in the options' place. */
export type Options<T extends OperationOptions = OperationOptions> = T | string;

/** The options that every operation has, for `optionsOf`. */
export const OPERATION_OPTIONS: OptionTypes<OperationOptions> = {
  identifier: 'text',
  uses: 'list',
  samples: 'boolean',
};

/**
 * What was given for the options of `kind`, an identifier alone as a record; `known` names all that there are.
 *
 * @throws TypeError if it is neither, or has an option that `known` lacks.
 */
export function optionsOf<T extends Pick<OperationOptions, 'identifier'>>(
  options: T | string | undefined,
  kind: string,
  known: OptionTypes<T>,
): Partial<T> {
  if (options === undefined) return {};
  if (typeof options === 'string') return { identifier: options } as Partial<T>;
  checkOptions(options, kind, known);
  return options;
}
