// `npm run test:conformance`: every certificate type × language, and every forgery, before the strictest validators there
// are. One that cannot be reached is named at the end; one that disagrees fails the run. `--write` renews the table of
// docs/conformance.md.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDF } from '@libpdf/core';
import { verifySignedPdf } from '#domain/signed-pdf/verify-signed-pdf.ts';
import { addArchivalData, addTimestamp } from '#features/issuance/archive/extend-document.ts';
import { systemClock } from '#platform/clock.ts';
import type { ArchiveWorkshop } from '#test/support/archive-workshop.ts';
import { withArchiveWorkshop } from '#test/support/archive-workshop.ts';
import { everySpecimen } from '#test/support/every-specimen.ts';
import { forge } from '#test/support/forgeries.ts';
import { pemOf } from '#test/support/pem.ts';
import { writeForgeryTable } from './forgery-table.ts';
import type { Case, Opinion, Roots } from './judges.ts';
import { JUDGES, JUDGES_OF_FORGERIES } from './judges.ts';
import { readWornCodes } from './worn-codes.ts';

const writeRoots = (folder: string, name: string, roots: readonly Uint8Array[]): Roots => {
  const pem = join(folder, `${name}.pem`);
  writeFileSync(pem, roots.map(pemOf).join(''));
  const der = roots.map((root, index) => {
    const file = join(folder, `${name}-${index}.der`);
    writeFileSync(file, root);
    return file;
  });
  return { der, pem };
};

/** Each kind of certificate as it is typeset, as it is signed, and as it is kept. */
const makeCases = async ({ makeUnsigned, make, tools }: ArchiveWorkshop, folder: string): Promise<Case[]> => {
  const cases: Case[] = [];
  for (const { name, record } of await everySpecimen(
    systemClock.now().toZonedDateTimeISO('Asia/Tokyo').toPlainDate(),
  )) {
    const signed = await make(record);
    const files = {
      typeset: await makeUnsigned(record),
      signed,
      archived: await addArchivalData(tools, await addTimestamp(tools, signed)),
    };
    const pages = (await PDF.load(signed)).getPageCount();
    for (const [stage, bytes] of Object.entries(files)) {
      const file = join(folder, `${name}.${stage}.pdf`);
      writeFileSync(file, bytes);
      cases.push({ name, stage: stage as Case['stage'], file, pages });
    }
  }
  return cases;
};

const skipped = new Set<string>();
let failures = 0;

const judgeHonest = async (cases: readonly Case[], roots: Roots): Promise<void> => {
  for (const { name, stages, judge } of JUDGES) {
    const asked = cases.filter(({ stage }) => stages.includes(stage));
    const started = performance.now();
    const opinions = await judge(asked, roots);
    if (opinions === null) {
      skipped.add(name);
      continue;
    }
    const refused = asked.filter(({ file }) => opinions.get(file)?.accepts !== true);
    failures += refused.length;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${refused.length === 0 ? 'ok  ' : 'FAIL'} ${name}: ${asked.length} files, ${seconds} s`);
    for (const { name: certificate, stage, file } of refused)
      console.log(`     ${certificate} ${stage}: ${opinions.get(file)?.words}`);
  }
};

const judgeWornCodes = async (cases: readonly Case[]): Promise<void> => {
  const signed = cases.filter(({ stage }) => stage === 'signed').map(({ file }) => file);
  const seed = Number(process.env['AKASHI_SEED'] ?? Date.now() % 1_000_000);
  const worn = await readWornCodes(signed, folder, seed);
  if (worn === null) return void skipped.add('zbarimg on worn sheets');
  if (!worn.enough) failures += 1;
  console.log(
    `${worn.enough ? 'ok  ' : 'FAIL'} codes of worn sheets: ${worn.read} of ${worn.of} read, seed ${seed}`,
  );
};

/** Ours must refuse each forgery, and for its own reason; the outside tools are only quoted. Answers the table's rows. */
const judgeForgeries = async (workshop: ArchiveWorkshop, folder: string): Promise<string[][]> => {
  const { timestampRoots } = workshop.tools;
  const signerRoots = await workshop.tools.signerRoots();
  const trusted = [...signerRoots, ...timestampRoots];
  const cases: Case[] = [];
  const verdicts: string[] = [];
  for (const { name, pdf, problem, roots } of await forge(workshop)) {
    const own = roots === undefined ? [] : [roots.signer, roots.timestamp];
    const verdict = await verifySignedPdf(pdf, {
      signerRoots: [...signerRoots, ...own.slice(0, 1)],
      timestampRoots: [...timestampRoots, ...own.slice(1)],
      now: workshop.clock.now(),
    });
    const said = verdict.ok ? 'ACCEPTED' : verdict.problem;
    if (said !== problem) failures += 1;
    console.log(`${said === problem ? 'ok  ' : 'FAIL'} forgery ${name}: ${said}`);
    const file = join(folder, `${name}.pdf`);
    writeFileSync(file, pdf);
    trusted.push(...own);
    cases.push({ name, stage: 'forged', file, pages: 1 });
    verdicts.push(said);
  }
  const files = writeRoots(folder, 'forgeries', trusted);
  const opinions: (Map<string, Opinion> | null)[] = [];
  for (const { judge } of JUDGES_OF_FORGERIES) opinions.push(await judge(cases, files));
  return cases.map(({ name, file }, index) => [
    name,
    verdicts[index] ?? '',
    ...opinions.map((all) => all?.get(file)?.words ?? 'not reached'),
  ]);
};

const folder = mkdtempSync(join(tmpdir(), 'akashi-conformance-'));
try {
  await withArchiveWorkshop(systemClock, async (workshop) => {
    const roots = writeRoots(folder, 'roots', [
      ...(await workshop.tools.signerRoots()),
      ...workshop.tools.timestampRoots,
    ]);
    const cases = await makeCases(workshop, folder);
    await judgeHonest(cases, roots);
    await judgeWornCodes(cases);
    const rows = await judgeForgeries(workshop, folder);
    if (process.argv.includes('--write')) {
      writeForgeryTable(['forgery', 'Akashi', ...JUDGES_OF_FORGERIES.map(({ name }) => name)], rows);
    }
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const name of skipped) console.log(`SKIPPED: ${name} could not be reached`);
process.exit(failures === 0 ? 0 : 1);
