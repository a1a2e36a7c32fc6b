/** How a reader writes days and moments. Uses `Intl` alone, so that browsers can run it too. */
export type ReaderDates = {
  /** A calendar date, from ISO `YYYY-MM-DD`. */
  readonly date: (iso: string) => string;
  /** Tokyo date and clock time, from an ISO instant. */
  readonly instant: (iso: string) => string;
};

/** `locale` is a BCP 47 tag, such as the page's language. */
export const readerDates = (locale: string): ReaderDates => {
  const tag = locale === 'en' ? 'en-GB' : locale;
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(tag, {
    dateStyle: 'long',
    timeStyle: 'medium',
    timeZone: 'Asia/Tokyo',
  });
  return {
    date: (iso) => day.format(new Date(`${iso}T00:00:00Z`)),
    instant: (iso) => moment.format(new Date(iso)),
  };
};
