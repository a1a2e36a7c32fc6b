import type { Widen } from '../catalog.ts';
import type { information as source } from '../ja/information.ts';

export const information = {
  start: {
    title: 'Certificate issuance service',
    notices: 'Notices',
    note: 'Note',
    noteHeading: 'Be sure to read the Notes.',
    points: [
      'At the first login, the screen for registering a mail address is displayed.',
      'Log in with your own account.',
      'On a shared computer, close all browser windows when you have finished.',
    ],
    login: 'Login',
  },
  inquiries: { title: 'Inquiries', telephone: 'Phone', hours: 'Reception hours', mail: 'Mail' },
  browsers: {
    title: 'Supported browsers',
    device: 'Classification',
    supported: 'Supported browsers',
    computer: 'PC',
    phone: 'Smartphone, etc.',
    notes: [
      '*The list is the result of checking and does not guarantee proper operation.',
      '*Images may not be properly displayed depending on the model or browser.',
      '*Operation was confirmed with the latest version as of the date when it was checked.',
      '*The service may be available from other terminals or browsers, but proper operation is not guaranteed. Some screens may not be displayed or work correctly.',
    ],
  },
  version: (version) => `Version ${version}`,
} satisfies Widen<typeof source>;
