/** A day as PostgreSQL writes it into JSON. */
export const dateOrNull = (text: string | null): Temporal.PlainDate | null =>
  text === null ? null : Temporal.PlainDate.from(text);
