import type { Widen } from '../catalog.ts';
import type { names as source } from '../ja/names.ts';

export const names = {
  title: 'A character of your name has to be checked',
  which: (glyphs) =>
    `The fonts of this service cannot print this correctly: ${glyphs.join(', ')}. We never print another character in its place.`,
  before:
    'You can submit the order as it is; the sample shows 〓 in its place. A person looks at the character, and you pay only once it can be printed. Nothing is charged now.',
  next: 'A person is looking at the character. You hear by mail when it can be printed, and pay only then. Nothing is charged now.',
  until: (deadline) => `You hear from us by ${deadline}.`,
  ask: (name, telephone) => `Questions: ${name} ${telephone}`,
  because: (reason) => `From the office: ${reason}`,
  submit: 'Submit for the check (nothing to pay now)',
  orderNumber: (number) => `Order number ${number}`,
  steps: {
    pay: (deadline) => `Please pay by ${deadline}.`,
    free: 'There is nothing to pay; your certificates are being prepared.',
    nothingLeft: 'This order has ended, and nothing is charged.',
  },
  mail: {
    subject: {
      waiting: 'We are checking a character of your name (nothing to pay yet)',
      approve: 'Your name can be printed now',
      'by-hand': 'The office makes your certificate by hand',
      reject: 'A certificate cannot be issued because of a character of your name',
    },
    approve: 'Every character of your name can be printed correctly now, and your order goes on.',
    'by-hand':
      'This service cannot print a character of your name, so the office makes that certificate by hand. It has left your order; the office tells you how to collect it.',
    reject: 'A character of your name cannot be printed correctly, so that certificate has left your order.',
  },
} satisfies Widen<typeof source>;
