export type FormValue = string | FormValue[] | { [name: string]: FormValue };

/** Reads Stripe's form encoding: `line_items[0][price_data][currency]=jpy`, `expand[]=a`. */
export const parseForm = (text: string): Record<string, FormValue> => {
  const root: Record<string, FormValue> = {};
  for (const [key, value] of new URLSearchParams(text)) {
    const path = key.replaceAll(']', '').split('[');
    let place: Record<string, FormValue> = root;
    for (const name of path.slice(0, -1)) {
      const next = Object.hasOwn(place, name) ? place[name] : undefined;
      const inside = typeof next === 'object' ? (next as Record<string, FormValue>) : {};
      place[name] = inside;
      place = inside;
    }
    const last = path.at(-1) ?? '';
    place[last === '' ? String(Object.keys(place).length) : last] = value;
  }
  return root;
};

export const textAt = (form: Record<string, FormValue>, ...path: string[]): string | undefined => {
  let value: FormValue | undefined = form;
  for (const name of path) {
    value =
      typeof value === 'object' && Object.hasOwn(value, name)
        ? (value as Record<string, FormValue>)[name]
        : undefined;
  }
  return typeof value === 'string' ? value : undefined;
};

export const recordAt = (form: Record<string, FormValue>, name: string): Record<string, string> => {
  const value = form[name];
  if (typeof value !== 'object') return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
};
