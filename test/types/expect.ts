/** True when both types are the same, `any` and optionality included. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only when its argument is true. */
export type Expect<T extends true> = T;
