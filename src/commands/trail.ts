import { encodeVerifier } from '#domain/transparency/note.ts';
import { verifyLog } from '#features/transparency-log/index.ts';
import { verifyAuditTrail } from '#platform/audit/audit.ts';
import { systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { openLog } from '#platform/log.ts';
import type { Environment } from '#src/config.ts';
import { loadUniversity } from '#src/config.ts';
import { openKeys } from '../compose/keys.ts';
import { openTransparency } from '../compose/transparency.ts';
import type { Commands } from './command.ts';
import { withDatabase } from './command.ts';

const transparencyOf = async (environment: Environment, db: Database) => {
  const university = await loadUniversity(environment.universityFolder);
  const platform = { db, clock: systemClock, log: openLog('warn'), environment, university };
  const ring = await openKeys(platform);
  const { verifierOf, witnessKey } = await openTransparency(platform, ring);
  const keys = (await ring.list()).filter(({ purpose }) => purpose === 'log');
  return { keys, verifierOf, witnessKey };
};

/** The two records of what was done: the audit trail inside, the transparency log for everybody. */
export const TRAIL_COMMANDS: Commands = {
  'audit verify': {
    about: 'check the whole chain of the audit trail',
    run: (environment) =>
      withDatabase(environment, async ({ db }) => {
        const { checked, broken } = await verifyAuditTrail(db);
        const found =
          broken === null
            ? `${checked} events, all in order`
            : `Broken at ${broken}; ${checked} in order before`;
        console.log(`${found}.`);
        if (broken !== null) process.exitCode = 1;
      }),
  },
  'log verify': {
    about: 'check the transparency log: entries, tiles, checkpoints',
    run: (environment) =>
      withDatabase(environment, async ({ db }) => {
        const { keys, verifierOf } = await transparencyOf(environment, db);
        const { leaves, checkpoints, broken } = await verifyLog(db, keys.map(verifierOf));
        console.log(`${leaves} leaves, ${checkpoints} checkpoints, ${broken ?? 'all in order'}.`);
        if (broken !== null) process.exitCode = 1;
      }),
  },
  'log keys': {
    about: 'the keys that an auditor needs (docs/transparency-log.md)',
    run: (environment) =>
      withDatabase(environment, async ({ db }) => {
        const { keys, verifierOf, witnessKey } = await transparencyOf(environment, db);
        for (const key of keys) console.log(`log      ${await encodeVerifier(verifierOf(key))}`);
        console.log(`witness  ${witnessKey ?? 'none is named in university.yaml'}`);
      }),
  },
};
