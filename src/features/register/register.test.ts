import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { manualClock } from '#platform/clock.ts';
import { withDatabase } from '#test/support/database.ts';
import {
  findPersonByPrincipal,
  importRegisterFiles,
  readPersonRecord,
  readPersonRegister,
  readRegisterFiles,
} from './index.ts';

const clock = manualClock('2026-11-24T03:00:00Z');
const sample = await readRegisterFiles(resolve(import.meta.dirname, '../../../config/demo/register'));
const changed = (file: 'people' | 'enrolments' | 'grades', from: string, to: string) => {
  const text = new TextDecoder().decode(sample[file]);
  assert.ok(text.includes(from));
  return { ...sample, [file]: new TextEncoder().encode(text.replace(from, to)) };
};
const scoped = (user: string): string => `${user}@akatsuki.example`;

test('the register of the sample university', async (t) => {
  await withDatabase(async ({ db }) => {
    const find = async (user: string, studentNumbers: string[] = []) =>
      (await findPersonByPrincipal(db, { eppn: scoped(user), studentNumbers }))?.personId ?? '';

    await t.test('is imported whole, and importing it again keeps every id', async () => {
      const first = await importRegisterFiles(db, { files: sample, clock });
      assert.equal(first.people, 2000);
      const before = await find('a0123456');
      const again = await importRegisterFiles(db, { files: sample, clock });
      assert.deepEqual(again, first);
      assert.equal(await find('a0123456'), before);
      const { count } = await db
        .selectFrom('grade')
        .select(({ fn }) => fn.countAll<bigint>().as('count'))
        .executeTakeFirstOrThrow();
      assert.equal(Number(count), first.grades);
    });

    await t.test('keeps names code point for code point', async () => {
      const { person } = await readPersonRegister(db, await find('l0456789'));
      assert.equal(person.nameJa, '\u{fa19}谷 拓海');
      const other = await readPersonRegister(db, await find('f0678901'));
      assert.equal(other.person.nameJa, '辻\u{e0100} 蓮');
    });

    await t.test('finds a person by number, and nobody where name and number disagree', async () => {
      const id = await find('m0234567');
      assert.equal(await find('unheard-of', ['1021310002']), id);
      assert.equal(await find('m0234567', ['1029310001']), '');
      assert.equal(await find('u0890123', ['0000000000']), '');
    });

    await t.test('knows every enrolment, leave and hold of a person', async () => {
      const { enrolments } = await readPersonRegister(db, await find('m0234567'));
      assert.deepEqual(
        enrolments.map(({ studentNumber, status }) => [studentNumber, status]),
        [
          ['6025410002', 'enrolled'],
          ['1021310002', 'graduated'],
        ],
      );
      const away = await readPersonRegister(db, await find('l0456789'));
      assert.equal(away.enrolments[0]?.leave?.until.toString(), '2027-03-31');
      const held = await readPersonRegister(db, await find('h0567890'));
      assert.equal(held.holds[0]?.reason, 'tuition');
      assert.equal(held.holds[0]?.enrolmentId, held.enrolments[0]?.id);
    });

    await t.test(
      'shows grades from the release instant of their term, and until then the course being taken',
      async () => {
        const personId = await find('a0123456');
        const enrolmentId = (await readPersonRegister(db, personId)).enrolments[0]?.id ?? '';
        const countAt = async (instant: string) => {
          const facts = (await readPersonRecord(db, personId, Temporal.Instant.from(instant))).facts;
          const courses = facts.enrolments.get(enrolmentId)?.courses ?? [];
          const graded = courses.filter(({ grade }) => grade !== null).length;
          return [graded, courses.length - graded];
        };
        assert.deepEqual(await countAt('2026-11-24T03:00:00Z'), [40, 10]);
        assert.deepEqual(await countAt('2027-03-16T02:59:59Z'), [40, 10]);
        assert.deepEqual(await countAt('2027-03-16T03:00:00Z'), [42, 0]);
        const facts = (await readPersonRecord(db, personId, clock.now())).facts;
        assert.equal(facts.enrolments.get(enrolmentId)?.gradeReleases.length, 6);
        assert.equal(facts.enrolments.get(enrolmentId)?.studentCard?.expiresOn.toString(), '2028-03-24');
        assert.equal(facts.healthExaminations[0]?.findings.length, 8);
      },
    );

    await t.test('knows degrees, and withdrawal after completion of the course requirements', async () => {
      const personId = await find('d0901234');
      const { enrolments } = await readPersonRegister(db, personId);
      const facts = (await readPersonRecord(db, personId, clock.now())).facts;
      const of = (number: string) =>
        facts.enrolments.get(enrolments.find(({ studentNumber }) => studentNumber === number)?.id ?? '');
      assert.equal(of('6021410011')?.degree?.nameJa, '修士(情報学)');
      assert.equal(of('6021410011')?.certifiedFrom?.toString(), '2023-03-24T01:00:00Z');
      assert.equal(of('7023410011')?.degree, null);
      assert.equal(of('7023410011')?.requirementsMetOn?.toString(), '2026-03-10');
    });

    await t.test(
      'refuses lost characters, strangers and stolen numbers by line, and changes nothing',
      async () => {
        const refused = (files: typeof sample, why: RegExp) =>
          assert.rejects(importRegisterFiles(db, { files, clock }), why);
        await refused(changed('people', '髙橋 𠮷人', '髙橋 〓人'), /^ {2}people\.csv:3: name_ja: /m);
        await refused(changed('people', '髙橋 𠮷人', '\uFF1F橋 𠮷人'), /^ {2}people\.csv:3: name_ja: /m);
        await refused(
          changed('grades', '1029310001,', '7777777777,'),
          /^ {2}grades\.csv:2: student_number: 7777777777/m,
        );
        await refused(
          changed('enrolments', '1029310001,P000001', '1029310001,P000002'),
          /^ {2}enrolments\.csv:2: student_number: already belongs/m,
        );
        const shiftJis = {
          ...sample,
          people: Uint8Array.from([...(sample.people ?? []), 0x8d, 0x82, 0x8b, 0xb4]),
        };
        await refused(shiftJis, /^ {2}people\.csv:2002: /m);
        const { person } = await readPersonRegister(db, await find('m0234567'));
        assert.equal(person.nameJa, '髙橋 𠮷人');
      },
    );
  });
});
