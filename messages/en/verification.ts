import type { Widen } from '../catalog.ts';
import type { verification as source } from '../ja/verification.ts';

export const verification = {
  title: 'Check a certificate',
  lead: 'Scan the QR code of a paper certificate with the camera of your phone: it opens this page, which says whether the university really issued it.',
  host: (host) => `Make sure the address bar says ${host}.`,
  needsScript: 'A QR code is checked inside your own device, which needs JavaScript.',
  typed: {
    title: 'Check by number',
    lead: 'If you cannot scan the code, type the serial and the check code printed at the foot of the certificate. This one check needs the network and names the certificate to the university. No record is kept.',
    serial: 'Serial',
    checkCode: 'Check code',
    button: 'Check',
    unknown:
      'There is no certificate with this serial and check code. Please type them again exactly as printed.',
    found: 'A certificate with this serial was issued. The next button shows what it must say.',
    open: 'Show what it must say',
    tooMany: 'Too many checks in a short time. Please wait a minute and try again.',
  },
  reasons: {
    signed: 'Signed by the university.',
    withdrawn: 'The university has declared this certificate void.',
    replaced: 'This certificate was replaced by a newer one.',
    signature: 'The signature does not fit the content.',
    damaged: 'The QR code cannot be read. Please check it for dirt and folds.',
    'unknown-key': 'The key that signed it is not among those of this page.',
    'other-host': 'This QR code belongs to another site.',
  },
  asOf: '“Valid” means true as of the date of issue. It does not say whether this person is a student today.',
} satisfies Widen<typeof source>;
