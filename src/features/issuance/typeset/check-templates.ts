import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CertificateType } from '#domain/certificate/certificate-type.ts';
import { findIssuer, type Issuer } from '#domain/certificate/issuer.ts';
import { type SpecimenIssuer, specimenOf } from './specimen.ts';
import type { Typesetter } from './typesetter.ts';

export type TemplateCheck = {
  readonly university: {
    readonly folder: string;
    readonly nameJa: string;
    readonly nameEn: string;
    readonly certificateTypes: readonly CertificateType[];
    readonly issuers: readonly Issuer[];
  };
  readonly typesetter: Typesetter;
  readonly today: Temporal.PlainDate;
};

const SECONDS = 1_700_000_000;

/** Who would sign a type today, as a certificate names them; null while nobody is in office. */
export const specimenIssuer = (
  { university, today }: Omit<TemplateCheck, 'typesetter'>,
  type: CertificateType,
): SpecimenIssuer | null => {
  const issuer = findIssuer(university.issuers, { certificateType: type.code, faculty: '', on: today });
  if (issuer === undefined) return null;
  const { titleJa, titleEn, nameJa, nameEn, sealImage, signatureImage } = issuer;
  const names = { titleJa, titleEn, nameJa, nameEn, sealImage, signatureImage };
  return { universityJa: university.nameJa, universityEn: university.nameEn, ...names };
};

/**
 * Typesets a specimen of every type in every language, the issuer's images among it. Throws one `Error` that lists
 * each mistake with its file and line.
 */
export const checkTemplates = async ({ university, typesetter, today }: TemplateCheck): Promise<void> => {
  const mistakes = new Set<string>();
  for (const type of university.certificateTypes) {
    if (!existsSync(join(university.folder, 'templates', `${type.template}.typ`))) continue;
    const issuer = specimenIssuer({ university, today }, type);
    if (issuer === null) continue;
    for (const language of type.languages) {
      const record = specimenOf({ type, language, issuer, courses: 3 });
      const data = { record, host: 'verify.example', watermark: false, seals: [] };
      const wrong = await typesetter.explain({ template: type.template, data, seconds: SECONDS });
      for (const mistake of wrong) mistakes.add(mistake);
    }
  }
  if (mistakes.size > 0) {
    const list = [...mistakes].map((mistake) => `  ${mistake}`).join('\n');
    throw new Error(`The templates of ${university.folder} have mistakes:\n${list}`);
  }
};
