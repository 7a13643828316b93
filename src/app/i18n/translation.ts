// A language without grammatical number (Chinese) has `_other` alone where English has `_one` and `_other`.
type Needed<Key> = Key extends `${string}_one` ? never : Key;

/** The shape that a translation of the English texts `English` has: the same keys, `_one` left out, any words. */
export type Translation<English> = {
  readonly [Key in keyof English as Needed<Key>]: English[Key] extends string
    ? string
    : Translation<English[Key]>;
};
