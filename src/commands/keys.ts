import { join } from 'node:path';
import { ROTATION_STEPS, rotateServiceProviderKeys } from '#features/sign-in/index.ts';
import { systemClock } from '#platform/clock.ts';
import type { Commands } from './command.ts';

/** `akashi keys …`. */
export const KEY_COMMANDS: Commands = {
  'keys saml': {
    takes: `<${ROTATION_STEPS.join('|')}>`,
    about: 'change the SAML keys, step by step (docs/sign-in.md)',
    run: async ({ dataFolder }, [step]) => {
      const known = ROTATION_STEPS.find((name) => name === step);
      if (known === undefined) throw new Error(`keys saml: say one of ${ROTATION_STEPS.join(', ')}`);
      await rotateServiceProviderKeys(join(dataFolder, 'keys'), known, systemClock);
      console.log(
        'Done. The service takes it at its next start; then give its metadata to the providers again.',
      );
    },
  },
};
