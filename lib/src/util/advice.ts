declare const advice: unique symbol;

/**
 * Nothing is of this type. Beside what a function takes, it has the compiler say what to write where something else is
 * passed; the kernel puts the text first.
 */
export interface Advice<Text extends string> {
  readonly [advice]: Text;
}
