/** True where two types are one and the same, `any` and modifiers included. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** A type error unless `A` is exactly `B`. */
export const same = <A, B>(..._: Same<A, B> extends true ? [] : [expected: B, actual: A]): void => undefined;
