import type { Widen } from '../catalog.ts';
import type { terms as source } from '../ja/terms.ts';

export const terms = {
  title: 'Terms of use',
  lead: 'Before you use this service, please read its terms.',
  changed: 'The terms have changed. Please read them again.',
  version: (version: string) => `Version ${version}`,
  agree: 'I agree to the terms of use',
  mustAgree: 'To use this service you need to agree to its terms.',
  next: 'Agree and go on',
} satisfies Widen<typeof source>;
