/** A value, and what set it: a flag, a variable or a profile. */
export interface Setting {
  value: string;
  from: string;
}
