import type { Widen } from '../catalog.ts';
import type { frame as source } from '../ja/frame.ts';

export const frame = {
  service: 'Certificate issuance service',
  skipToContent: 'Skip to content',
  language: 'Language',
  changeLanguage: 'Change',
  menu: 'Menu',
  menuEntries: {
    changeMailAddress: 'Change mail address',
    manual: 'Manual',
    myOrders: 'My orders',
    loginAndSecurity: 'Login & security',
    logOut: 'Log out',
  },
  footer: {
    inquiries: 'Inquiries',
    manual: 'Manual',
    browsers: 'Supported browsers',
    accessibility: 'Accessibility',
    terms: 'Terms of use',
    privacy: 'Privacy',
    commercial: 'Legal notice (commercial transactions)',
    verification: 'Check a certificate',
  },
  step: (now, of, name) => `${now} of ${of} ${name}`,
  failedTitle: 'Error: ',
  errorSummary: 'Please check what you entered',
} satisfies Widen<typeof source>;
