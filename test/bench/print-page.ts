import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import { openBrowser } from '#test/support/browser.ts';
import { sampleRecord } from '#test/support/certificate-record.ts';
import { medianOf, milliseconds, report } from './measure.ts';

/** The words of a transcript as a page: no seal, no code, no copy guard. */
const pageOf = ({ snapshot, certificateNumber, issueDate }: CertificateRecord): string => {
  const { person, enrolment, academicRecord, issuer } = snapshot;
  const rows = (academicRecord?.rows ?? []).map(
    ({ academicYear, term, courseNumber, titleJa, credits, grade }, index) =>
      `<tr>${[index + 1, academicYear, term, courseNumber, titleJa, credits, grade].map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
  );
  return `<!doctype html><html lang="ja"><meta charset="utf-8"><title>${snapshot.titleJa}</title>
    <style>@page{size:A4;margin:20mm}body{font-family:"Noto Serif CJK JP",serif;font-size:9pt}
    table{width:100%;border-collapse:collapse}td{border:.2mm solid;padding:.6mm}</style>
    <p>第${certificateNumber}号</p><h1>${snapshot.titleJa}</h1>
    <p>${person.nameJa} ${person.birthDate} ${enrolment.facultyJa} ${enrolment.programmeJa} ${enrolment.studentNumber}</p>
    <table>${rows.join('')}</table><p>${issueDate} ${issuer.titleJa} ${issuer.nameJa}</p></html>`;
};

/** Chromium's print-to-PDF of the transcript's words, tagged, by a browser that is warm. */
export const benchPrintedPage = async (): Promise<void> => {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const took = await medianOf({ warmUp: 2, rounds: 9 }, (round) =>
      milliseconds(async () => {
        await page.setContent(pageOf(sampleRecord('transcript', 'ja', round)));
        await page.pdf({ format: 'A4', tagged: true });
      }),
    );
    report('certificate.transcript40.chromium.ms', took, 'ms');
  } finally {
    await browser.close();
  }
};
