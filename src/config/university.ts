import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Notice, University } from '#domain/university/university.ts';
import { destinationsSchema } from './destinations-schema.ts';
import { readLegalPages } from './legal-pages.ts';
import type { Mistakes } from './read-yaml.ts';
import { readYaml } from './read-yaml.ts';
import * as schemas from './schemas.ts';

const readNotices = async (folder: string, mistakes: Mistakes): Promise<Notice[]> => {
  const files = await readdir(join(folder, 'notices')).catch(() => []);
  const notices: Notice[] = [];
  for (const file of files.filter((name) => name.endsWith('.yaml')).sort()) {
    const read = await readYaml(folder, `notices/${file}`, schemas.noticeSchema, mistakes);
    if (read !== null) notices.push(read.value);
  }
  return notices.toSorted((a, b) => Temporal.Instant.compare(b.from, a.from));
};

const readParts = async (folder: string, mistakes: Mistakes) => {
  const read = <Schema extends Parameters<typeof readYaml>[2]>(file: string, schema: Schema) =>
    readYaml(folder, file, schema, mistakes);
  return {
    university: await read('university.yaml', schemas.universitySchema),
    organisation: await read('organisation.yaml', schemas.organisationSchema),
    certificates: await read('certificates.yaml', schemas.certificatesSchema),
    issuers: await read('issuers.yaml', schemas.issuersSchema),
    fees: await read('fees.yaml', schemas.feesSchema),
    destinations: await read('destinations.yaml', destinationsSchema),
    calendar: await read('calendar.yaml', schemas.calendarSchema),
    contacts: await read('contacts.yaml', schemas.contactsSchema),
    paper: await read('paper.yaml', schemas.paperSchema),
    notices: await readNotices(folder, mistakes),
    legal: await readLegalPages(folder, mistakes),
  };
};

type Parts = Awaited<ReturnType<typeof readParts>>;
type Complete = { [Name in keyof Parts]: NonNullable<Parts[Name]> };

const repeated = (codes: readonly string[]): Set<string> =>
  new Set(codes.filter((code, index) => codes.indexOf(code) !== index));

/** What no single file can know: codes that point from one file to another, and files that must exist. */
const checkReferences = (folder: string, parts: Complete, mistakes: Mistakes): void => {
  const { organisation, certificates, issuers, destinations } = parts;
  const types = certificates.value.certificateTypes;
  const faculties = organisation.value.faculties;
  for (const code of repeated(types.map((type) => type.code))) {
    mistakes.push(`${certificates.at(['certificateTypes'])}: certificate type ${code} appears twice`);
  }
  for (const code of repeated(faculties.map((faculty) => faculty.code))) {
    mistakes.push(`${organisation.at(['faculties'])}: faculty ${code} appears twice`);
  }
  for (const [index, type] of types.entries()) {
    if (type.offered && !existsSync(join(folder, 'templates', `${type.template}.typ`))) {
      const place = certificates.at(['certificateTypes', index, 'template']);
      mistakes.push(`${place}: templates/${type.template}.typ is missing`);
    }
  }
  for (const [index, issuer] of issuers.value.issuers.entries()) {
    const place = (key: string): string => issuers.at(['issuers', index, key]);
    const named = issuer.certificateTypes === '*' ? [] : issuer.certificateTypes;
    for (const code of named) {
      if (!types.some((type) => type.code === code)) {
        mistakes.push(`${place('certificateTypes')}: no certificate type ${code}`);
      }
    }
    if (issuer.faculty !== '*' && !faculties.some(({ code }) => code === issuer.faculty)) {
      mistakes.push(`${place('faculty')}: no faculty ${issuer.faculty}`);
    }
    for (const key of ['sealImage', 'signatureImage'] as const) {
      if (!existsSync(join(folder, issuer[key]))) mistakes.push(`${place(key)}: ${issuer[key]} is missing`);
    }
  }
  const { paper } = parts;
  const { crest, embossedSeal, copyGuard } = paper.value;
  for (const [path, file] of [
    [['crest'], crest],
    [['embossedSeal'], embossedSeal],
    [['copyGuard', 'lettering'], copyGuard.lettering],
  ] as const) {
    if (!existsSync(join(folder, file))) mistakes.push(`${paper.at(path)}: ${file} is missing`);
  }
  for (const [index, destination] of destinations.value.destinations.entries()) {
    if (destination.kind !== 'store') continue;
    for (const [position, { copierNetwork }] of destination.chains.entries()) {
      if (destinations.value.copierNetworks.some(({ code }) => code === copierNetwork)) continue;
      const place = destinations.at(['destinations', index, 'chains', position, 'copierNetwork']);
      mistakes.push(`${place}: no copier network ${copierNetwork}`);
    }
  }
};

const isComplete = (parts: Parts): parts is Parts & Complete =>
  Object.values(parts).every((part) => part !== null);

/**
 * Reads and checks a university folder. Throws one `Error` that lists every mistake with its file and line; nothing
 * is guessed.
 */
export const loadUniversity = async (folder: string): Promise<University> => {
  const absolute = resolve(folder);
  const mistakes: Mistakes = [];
  const parts = await readParts(absolute, mistakes);
  const complete = isComplete(parts) ? parts : null;
  if (complete !== null) checkReferences(absolute, complete, mistakes);
  if (complete === null || mistakes.length > 0) {
    throw new Error(
      `The university folder ${folder} has mistakes:\n${mistakes.map((m) => `  ${m}`).join('\n')}`,
    );
  }
  return {
    folder: absolute,
    ...complete.university.value,
    ...complete.organisation.value,
    ...complete.certificates.value,
    ...complete.issuers.value,
    fees: complete.fees.value,
    ...complete.destinations.value,
    calendar: complete.calendar.value,
    ...complete.contacts.value,
    notices: complete.notices,
    legal: complete.legal,
  };
};
