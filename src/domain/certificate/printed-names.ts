import type { CertificateSnapshot } from './snapshot.ts';

/** Everything in a certificate that must be printed code point for code point, in one text. */
export const printedNames = ({ person, enrolment, reference }: CertificateSnapshot): string =>
  [person.nameJa, person.nameRoman ?? '', enrolment.programmeJa, enrolment.programmeEn, reference ?? ''].join(
    '',
  );

/** 〓 (U+3013), the printers' own mark for a character that they do not have; as wide as what it stands for. */
export const MISSING_MARK = '〓';

/** The snapshot with 〓 for each of `glyphs`, to be looked at and measured, never to be issued. */
export const markMissing = (
  snapshot: CertificateSnapshot,
  glyphs: readonly string[],
): CertificateSnapshot => {
  // The longest first: a character with its variation selector before the character alone.
  const marked = (text: string): string =>
    glyphs
      .toSorted((a, b) => b.length - a.length)
      .reduce((rest, glyph) => rest.replaceAll(glyph, MISSING_MARK), text);
  const { person, enrolment, reference } = snapshot;
  return {
    ...snapshot,
    reference: reference === null ? null : marked(reference),
    person: {
      ...person,
      nameJa: marked(person.nameJa),
      nameRoman: person.nameRoman === null ? null : marked(person.nameRoman),
    },
    enrolment: {
      ...enrolment,
      programmeJa: marked(enrolment.programmeJa),
      programmeEn: marked(enrolment.programmeEn),
    },
  };
};

/** A character as it can be told to a person who may not see it drawn: itself, and its code points. */
export const spellGlyph = (glyph: string): string => {
  const points = [...glyph].map(
    (one) => `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
  return `${glyph} (${points.join(' ')})`;
};
