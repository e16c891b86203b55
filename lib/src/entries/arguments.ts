/** `stemma/arguments`: how packages beside the library check what they are given, in the library's words. */
export { checkTexts, inWords } from '../util/check';
export { checkOptions, type OptionType, type OptionTypes } from '../util/options';
