/** A catalogue whose functions of one text became texts with `{}` in its place, so that it can be sent to a browser. */
export type Templates<Source> = Source extends string
  ? string
  : Source extends (value: string) => string
    ? string
    : { readonly [Key in keyof Source]: Templates<Source[Key]> };

/** Every text of `source`, functions called with `{}`. */
export const templatesOf = <Source>(source: Source): Templates<Source> => {
  if (typeof source === 'function') return source('{}') as Templates<Source>;
  if (typeof source !== 'object' || source === null) return source as Templates<Source>;
  const entries = Object.entries(source).map(([key, value]) => [key, templatesOf(value)]);
  return Object.fromEntries(entries) as Templates<Source>;
};

/** A template with its `{}` filled in. */
export const fill = (template: string, value: string): string => template.split('{}').join(value);
