import { encodeVerifier } from '#domain/transparency/note.ts';
import { verifyLog } from '#features/transparency-log/index.ts';
import { verifyAuditTrail } from '#platform/audit/audit.ts';
import type { Commands } from './command.ts';
import { withDatabase } from './command.ts';
import { transparencyOf } from './transparency.ts';

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
