import type { Widen } from '../catalog.ts';
import type { information as source } from '../ja/information.ts';

export const information = {
  retention: { title: 'How long data is kept', data: 'Data', period: 'Kept' },
  start: {
    title: 'Certificate issuance service',
    lead: (university) =>
      `Order certificates of ${university} on your phone or computer, and print them at a convenience store or on campus.`,
    notices: 'Notices',
    note: 'Note',
    noteHeading: 'Be sure to read the Notes.',
    points: [
      'At the first login, the screen for registering a mail address is displayed.',
      'Log in with your own account.',
      'On a shared computer, close all browser windows when you have finished.',
    ],
    login: 'Login',
    stops: 'Maintenance and office closures',
    noStops: 'No maintenance is planned.',
    underWay: '(under way)',
    officeClosed: '(office closed)',
    help: 'Help',
  },
  inquiries: { title: 'Inquiries', telephone: 'Phone', hours: 'Reception hours', mail: 'Mail' },
  browsers: {
    title: 'Supported browsers',
    supported: 'Supported browsers',
    tested: 'Last tested',
    untested: 'Not tested yet',
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
