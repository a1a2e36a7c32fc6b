import { resolve } from 'node:path';
import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import { specimenIssuer } from '#features/issuance/typeset/check-templates.ts';
import { specimenOf } from '#features/issuance/typeset/specimen.ts';
import { loadUniversity } from '#src/config.ts';

export type NamedSpecimen = { readonly name: string; readonly record: CertificateRecord };

/** A certificate of every type of the sample university in every language it is issued in, made of made-up facts. */
export const everySpecimen = async (today: Temporal.PlainDate): Promise<NamedSpecimen[]> => {
  const university = await loadUniversity(resolve('config/demo'));
  return university.certificateTypes.flatMap((type) => {
    const issuer = specimenIssuer({ university, today }, type);
    if (issuer === null) throw new Error(`nobody issues ${type.code}`);
    return type.languages.map((language) => ({
      name: `${type.code}-${language}`,
      record: specimenOf({ type, language, issuer, courses: 40 }),
    }));
  });
};
