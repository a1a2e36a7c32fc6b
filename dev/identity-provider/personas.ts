import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';

const personaSchema = z.object({
  user: z.string().min(1),
  password: z.string().min(1),
  labelJa: z.string(),
  labelEn: z.string(),
  /** eduPersonPrincipalName. */
  principal: z.string().regex(/^[^@\s]+@[^@\s]+$/),
  displayNameJa: z.string(),
  displayNameEn: z.string(),
  affiliations: z.array(z.string()).default([]),
  studentNumbers: z.array(z.coerce.string()).default([]),
  /** Whether the person has a second factor at the campus. */
  mfa: z.boolean().default(false),
});

export type Persona = z.infer<typeof personaSchema>;

const listSchema = z.array(personaSchema).min(1);
const fileSchema = z.union([
  listSchema,
  z.object({ personas: listSchema }).transform((file) => file.personas),
]);

export const readPersonas = async (file: string): Promise<readonly Persona[]> =>
  fileSchema.parse(parse(await readFile(file, 'utf8')));

export const scopeOf = (persona: Persona): string => persona.principal.split('@')[1] ?? '';

export type ReleasedAttribute = {
  readonly name: string;
  readonly friendlyName: string;
  readonly labelJa: string;
  readonly values: readonly string[];
};

/** What this provider releases of a person; the targeted id differs from service to service. */
export const attributesOf = (persona: Persona, targetedId: string): readonly ReleasedAttribute[] => {
  const scope = scopeOf(persona);
  const attribute = (oid: string, friendlyName: string, labelJa: string, values: readonly string[]) => ({
    name: `urn:oid:${oid}`,
    friendlyName,
    labelJa,
    values,
  });
  return [
    attribute('1.3.6.1.4.1.5923.1.1.1.6', 'eduPersonPrincipalName', '利用者の識別名', [persona.principal]),
    attribute('1.3.6.1.4.1.5923.1.1.1.10', 'eduPersonTargetedID', 'サービスごとの仮名', [targetedId]),
    attribute(
      '1.3.6.1.4.1.5923.1.1.1.9',
      'eduPersonScopedAffiliation',
      '職位',
      persona.affiliations.map((affiliation) => `${affiliation}@${scope}`),
    ),
    attribute('1.3.6.1.4.1.32264.1.1.3', 'jaDisplayName', '氏名', [persona.displayNameJa]),
    attribute('2.16.840.1.113730.3.1.241', 'displayName', '氏名(英字)', [persona.displayNameEn]),
    attribute(
      '1.3.6.1.4.1.32264.1.1.6',
      'gakuninScopedPersonalUniqueCode',
      '学生番号',
      persona.studentNumbers.map((number) => `student:${number}@${scope}`),
    ),
  ].filter((released) => released.values.length > 0);
};
