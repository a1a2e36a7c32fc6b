import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { manualClock } from '#platform/clock.ts';
import { withDatabase } from '#test/support/database.ts';
import {
  createRecentRecords,
  findPersonByPrincipal,
  importRegisterFiles,
  readRegisterFiles,
  undoImport,
} from './index.ts';

const sample = await readRegisterFiles(resolve(import.meta.dirname, '../../../config/demo/register'));
const student = { eppn: 'a0123456@akatsuki.example', studentNumbers: [] };

test('a record that is kept is read again after an import, its undoing, a release of grades, and a minute', () =>
  withDatabase(async ({ db }) => {
    const clock = manualClock('2027-03-16T02:59:59Z');
    await importRegisterFiles(db, { files: sample, clock });
    const personId = (await findPersonByPrincipal(db, student))?.personId ?? '';
    const read = createRecentRecords(db);
    const first = await read(personId, clock.now());
    assert.equal(await read(personId, clock.now()), first);
    assert.equal(first.facts.nextRelease?.toString(), '2027-03-16T03:00:00Z');

    clock.advance({ seconds: 1 });
    const released = await read(personId, clock.now());
    assert.notEqual(released, first);
    const graded = ({ facts }: typeof first) =>
      [...facts.enrolments.values()][0]?.courses.filter(({ grade }) => grade !== null).length;
    assert.deepEqual([graded(first), graded(released)], [40, 42]);

    clock.advance({ seconds: 59 });
    assert.equal(await read(personId, clock.now()), released);
    clock.advance({ seconds: 1 });
    const later = await read(personId, clock.now());
    assert.notEqual(later, released);

    const renamed = new TextDecoder().decode(sample.people).replace(later.person.nameKana, 'ベツノ ナマエ');
    await importRegisterFiles(db, { files: { people: new TextEncoder().encode(renamed) }, clock });
    assert.equal((await read(personId, clock.now())).person.nameKana, 'ベツノ ナマエ');
    await undoImport(db, { clock, by: 'staff:office', reason: 'a test', findPeopleInUse: async () => [] });
    assert.equal((await read(personId, clock.now())).person.nameKana, later.person.nameKana);
    // The same files once more, at the same instant: an import all the same.
    const before = await read(personId, clock.now());
    await importRegisterFiles(db, { files: sample, clock });
    assert.notEqual(await read(personId, clock.now()), before);
  }));
