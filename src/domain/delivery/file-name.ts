/** Letters that have no decomposition, as passports write them (ICAO 9303-3 §6). */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  Æ: 'AE',
  æ: 'ae',
  Œ: 'OE',
  œ: 'oe',
  Ø: 'O',
  ø: 'o',
  Ł: 'L',
  ł: 'l',
  Đ: 'D',
  đ: 'd',
  Ð: 'D',
  ð: 'd',
  Þ: 'TH',
  þ: 'th',
  ı: 'i',
};

const LONGEST_PART = 60;

/** A text as part of a file name: A–Z, a–z, 0–9 and single `-` and `_` within; empty when nothing of it is left. */
const part = (text: string): string =>
  text
    .replace(/[^\p{ASCII}]/gu, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9 _-]/g, '')
    .replace(/[ _]+/g, '_')
    .replace(/-+/g, '-')
    .slice(0, LONGEST_PART)
    .replace(/^[-_]+|[-_]+$/g, '');

const word = (text: string): string =>
  text === 'and' ? text : text.slice(0, 1).toUpperCase() + text.slice(1);

export type NamedDocument = {
  /** A code of certificates.yaml, such as `transcript-and-graduation`. */
  readonly certificateType: string;
  readonly language: 'ja' | 'en';
  /** ISO 8601. */
  readonly issueDate: string;
  /** `YAMADA Hanako`, as the register has it; null where it has none. */
  readonly nameRoman: string | null;
  /** Stands in for a name that has no letters of ours. */
  readonly serial: string;
};

const owner = ({ nameRoman, serial }: NamedDocument): string => part(nameRoman ?? '') || part(serial);

/**
 * File names of documents that are given away together, in their order and each another:
 * `YAMADA_Hanako_Transcript_2026-11-22.pdf`. Safe on every system: ASCII letters, digits, `-`, `_` and one dot, never a
 * reserved name, at most 150 characters. `mark` stands before the date, for a copy that is not the document itself.
 */
export const documentFileNames = (documents: readonly NamedDocument[], mark = ''): string[] => {
  const bare = documents.map((document) =>
    [owner(document), document.certificateType.split('-').map(word).join('_'), mark]
      .filter(Boolean)
      .join('_'),
  );
  const twice = (name: string): boolean => bare.filter((other) => other === name).length > 1;
  const taken = new Map<string, number>();
  return documents.map(({ language, issueDate }, index) => {
    const stem = bare[index] ?? '';
    const name = `${stem}${twice(stem) ? `_${language.toUpperCase()}` : ''}_${issueDate}`;
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return count === 1 ? `${name}.pdf` : `${name}_${count}.pdf`;
  });
};

/** The name of the file that holds them all. */
export const archiveFileName = (documents: readonly NamedDocument[]): string => {
  const [first] = documents;
  return first === undefined ? 'Certificates.zip' : `${owner(first)}_Certificates_${first.issueDate}.zip`;
};
