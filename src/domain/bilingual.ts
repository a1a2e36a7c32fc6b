/** One wording in each language of the service. */
export type Bilingual = { readonly ja: string; readonly en: string };
