import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { TRANSCRIPT_KINDS } from '#domain/certificate/statement.ts';
import type { Draft } from '#domain/order/draft.ts';
import type { OrderingDependencies } from '#features/ordering/dependencies.ts';
import { freeze } from '#features/ordering/freeze.ts';
import { listOffers } from '#features/ordering/list-offers.ts';
import { FARE_DISCOUNT_FIELDS } from '#features/ordering/wish-details.ts';
import { findPersonByPrincipal, importRegister, readPersonRecord } from '#features/register/index.ts';
import { manualClock } from '#platform/clock.ts';
import { loadUniversity } from '#src/config.ts';
import { withDatabase } from '#test/support/database.ts';
import { setUp } from '#test/support/ordering.ts';

const CONFIGURATION = resolve(import.meta.dirname, '../../config/demo');
const draft = (destination: 'store' | 'campus'): Draft => ({
  destination,
  copies: {},
  typed: {
    reference: 'WES 1234567',
    [FARE_DISCOUNT_FIELDS.purpose]: 'homecoming',
    [FARE_DISCOUNT_FIELDS.sectionFrom]: '京都',
    [FARE_DISCOUNT_FIELDS.sectionTo]: '金沢',
    [FARE_DISCOUNT_FIELDS.over100]: 'yes',
  },
  key: '',
});

test('each of the fourteen types has somebody in the sample register who may order it', () =>
  withDatabase(async ({ db }) => {
    const clock = manualClock('2026-11-24T03:00:00Z');
    const now = clock.now();
    await importRegister(db, { folder: `${CONFIGURATION}/register`, clock });
    const university = await loadUniversity(CONFIGURATION);
    const dependencies: OrderingDependencies = {
      ...setUp(db).dependencies,
      university,
      register: {
        readRecord: (personId, at) => readPersonRecord(db, personId, at),
        readRecentRecord: (personId, at) => readPersonRecord(db, personId, at),
      },
    };
    const offersOf = async (user: string, destination: 'store' | 'campus' = 'store') => {
      const eppn = `${user}@akatsuki.example`;
      const personId = (await findPersonByPrincipal(db, { eppn, studentNumbers: [] }))?.personId ?? '';
      const record = await readPersonRecord(db, personId, now);
      return listOffers(dependencies, record, draft(destination), now);
    };
    const answers = async (
      user: string,
      studentNumber: string,
      destination: 'store' | 'campus' = 'store',
    ) => {
      const own = (await offersOf(user, destination)).filter(
        ({ enrolment, language }) => enrolment.studentNumber === studentNumber && language === 'ja',
      );
      return Object.fromEntries(
        own.map(({ type, eligibility }) => [type.code, eligibility.eligible ? 'ok' : eligibility.reason]),
      );
    };
    const granted = async (user: string, number: string, destination: 'store' | 'campus' = 'store') =>
      Object.entries(await answers(user, number, destination))
        .filter(([, answer]) => answer === 'ok')
        .map(([code]) => code);

    assert.deepEqual(await granted('a0123456', '1029310001', 'campus'), [
      'enrolment',
      'transcript',
      'health',
      'fare-discount',
    ]);
    assert.deepEqual(await granted('f0678901', '1027310006'), [
      'enrolment',
      'transcript',
      'expected-graduation',
      'health',
    ]);
    assert.equal((await answers('q0956789', '1028310014'))['expected-graduation'], 'too-few-credits');
    assert.ok((await granted('m0234567', '6025410002')).includes('expected-completion'));
    assert.deepEqual(await granted('m0234567', '1021310002'), [
      'transcript',
      'graduation',
      'degree',
      'transcript-and-graduation',
      'enrolment-period',
    ]);
    assert.deepEqual(await granted('p0978901', '6022410016'), [
      'transcript',
      'completion',
      'degree',
      'transcript-and-graduation',
      'enrolment-period',
    ]);
    assert.ok((await granted('d0901234', '9026410011')).includes('registration'));
    assert.deepEqual(await granted('d0901234', '7023410011'), [
      'transcript',
      'enrolment-period',
      'coursework-completed',
      'withdrawal',
    ]);
    assert.ok((await granted('w0934567', '1030210013')).includes('withdrawal'));
    assert.equal((await answers('l0456789', '1029210004', 'campus'))['fare-discount'], 'on-leave');
    assert.deepEqual([...new Set(Object.values(await answers('h0567890', '1030310005')))], ['hold-tuition']);

    const frozen = new Map<string, number>();
    for (const user of ['a0123456', 'f0678901', 'm0234567', 'p0978901', 'd0901234', 'w0934567']) {
      for (const offer of await offersOf(user, user === 'a0123456' ? 'campus' : 'store')) {
        if (!offer.eligibility.eligible) continue;
        const snapshot = freeze(dependencies, offer, now);
        assert.equal(snapshot.statement.kind, offer.type.statement);
        const listed = TRANSCRIPT_KINDS.some((kind) => kind === offer.type.statement);
        assert.equal(snapshot.academicRecord !== null, listed);
        assert.equal(snapshot.reference, 'WES 1234567');
        assert.deepEqual(JSON.parse(JSON.stringify(snapshot)), snapshot);
        frozen.set(offer.type.code, (frozen.get(offer.type.code) ?? 0) + 1);
      }
    }
    assert.deepEqual([...frozen.keys()].sort(), university.certificateTypes.map(({ code }) => code).sort());

    const fare = (await offersOf('a0123456', 'campus')).find(({ type }) => type.code === 'fare-discount');
    assert.ok(fare);
    const { statement, issuer } = freeze(dependencies, fare, now);
    assert.ok(statement.kind === 'fare-discount');
    assert.deepEqual([statement.validUntil, statement.age, statement.sectionTo], ['2027-02-23', 21, '金沢']);
    assert.equal(issuer.titleJa, '暁月大学総長');
    const health = (await offersOf('a0123456')).find(({ type }) => type.code === 'health');
    assert.ok(health);
    assert.equal(freeze(dependencies, health, now).issuer.titleJa, '暁月大学保健センター 医師');
  }));
