import type { ja } from './ja.ts';

/** The shape of a Japanese catalogue with its literal texts widened, so that another language can fill it. */
export type Widen<Source> = Source extends string
  ? string
  : Source extends (...args: infer Parameters) => string
    ? (...args: Parameters) => string
    : Source extends readonly unknown[]
      ? readonly string[]
      : { readonly [Key in keyof Source]: Widen<Source[Key]> };

export type Catalog = Widen<typeof ja>;
