import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { loadUniversity, readCopierKeys, readEnvironment } from '#src/config.ts';

const DEMO = resolve(import.meta.dirname, '../../config/demo');

/** A copy of the sample university, changed by `spoil`, with the files a template maker would add. */
const withCopy = async (
  spoil: (folder: string) => Promise<void>,
  work: (folder: string) => Promise<void>,
) => {
  const folder = await mkdtemp(join(tmpdir(), 'akashi-university-'));
  try {
    await cp(DEMO, folder, { recursive: true, filter: (source) => !source.endsWith('.csv') });
    for (const file of ['templates/enrolment.typ', 'templates/transcript.typ']) await ensure(folder, file);
    for (const file of ['images/official-seal.svg', 'images/president-signature.svg'])
      await ensure(folder, file);
    await spoil(folder);
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
};

const ensure = async (folder: string, file: string): Promise<void> => {
  await mkdir(join(folder, file, '..'), { recursive: true });
  await writeFile(join(folder, file), '', { flag: 'a' });
};

const replace = async (folder: string, file: string, from: string, to: string): Promise<void> => {
  const text = await readFile(join(folder, file), 'utf8');
  assert.ok(text.includes(from));
  await writeFile(join(folder, file), text.replace(from, to));
};

test('the sample university is complete', async () => {
  await withCopy(
    async () => {},
    async (folder) => {
      const university = await loadUniversity(folder);
      assert.equal(university.certificateTypes.length, 14);
      assert.ok(university.certificateTypes.every((type) => type.offered));
      assert.deepEqual(
        university.destinations.filter((one) => one.open).map((one) => one.kind),
        ['store', 'campus', 'post', 'counter', 'digital'],
      );
      assert.equal(university.legal.terms.version, '2026-11-01');
    },
  );
});

test('every mistake is named by file and line, all at once', async () => {
  await withCopy(
    async (folder) => {
      await replace(folder, 'fees.yaml', 'systemFee: 220', 'systemFee: many');
      await replace(folder, 'issuers.yaml', "until: '2026-09-30'", "until: '2026-09-31'");
      await rm(join(folder, 'calendar.yaml'));
    },
    async (folder) => {
      await assert.rejects(loadUniversity(folder), (error: Error) => {
        assert.match(error.message, /fees\.yaml:2: systemFee: /);
        assert.match(error.message, /issuers\.yaml:6: issuers\.0\.until: /);
        assert.match(error.message, /calendar\.yaml: the file is missing/);
        return true;
      });
    },
  );
});

test('codes that point nowhere are mistakes', async () => {
  await withCopy(
    (folder) => replace(folder, 'issuers.yaml', "faculty: '*'", 'faculty: alchemy'),
    (folder) => assert.rejects(loadUniversity(folder), /issuers\.yaml:4: no faculty alchemy/),
  );
});

test('development has defaults, production guesses nothing', () => {
  const { baseUrl, port, databaseUrl } = readEnvironment({}, 'development');
  assert.deepEqual([baseUrl, port, databaseUrl], ['http://localhost:3000', 3000, undefined]);
  assert.throws(
    () => readEnvironment({ DATABASE_URL: 'postgres://db/akashi' }, 'production'),
    (error: Error) => {
      for (const name of ['AKASHI_BASE_URL', 'AKASHI_DATA', 'AKASHI_CONFIG', 'SMTP_URL']) {
        assert.match(error.message, new RegExp(`${name} is not set`));
      }
      assert.doesNotMatch(error.message, /DATABASE_URL/);
      return true;
    },
  );
});

test('a copier secret comes from its variable, or is made once in development', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'akashi-data-'));
  try {
    const networks = [
      { code: 'hinata', keyId: 'hinata-2026', secretVariable: 'AKASHI_COPIER_SECRET_HINATA' },
    ];
    const environment = readEnvironment({ AKASHI_DATA: folder }, 'development');
    const [made] = await readCopierKeys(networks, environment);
    assert.match(made?.secret ?? '', /^[0-9a-f]{64}$/);
    assert.deepEqual(await readCopierKeys(networks, environment), [made]);
    const given = readEnvironment({ AKASHI_COPIER_SECRET_HINATA: 'shared' }, 'development');
    assert.equal((await readCopierKeys(networks, given))[0]?.secret, 'shared');
  } finally {
    await rm(folder, { recursive: true });
  }
});
