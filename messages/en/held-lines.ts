import type { Widen } from '../catalog.ts';
import type { heldLines as source } from '../ja/held-lines.ts';

export const heldLines = {
  title: 'Please confirm',
  held: 'The student register changed after you ordered. Please confirm that the following is right.',
  confirmBy: (deadline) =>
    `Without your confirmation by ${deadline}, nothing is issued and you are refunded in full.`,
  others: 'Your other certificates go on as usual.',
  facts: { name: 'Name', 'birth-date': 'Date of birth', programme: 'Programme', status: 'Enrolment status' },
  statusChanged: 'Your enrolment status (enrolled, on leave, graduated …) has changed.',
  before: 'When you ordered',
  now: 'In the register now',
  compare: 'What changed',
  item: 'Item',
  confirm: 'Issue it with this content',
  decline: 'Do not issue it; refund me',
  refusedTitle: 'Not issued',
  because: (reason) => `Reason: ${reason}`,
  refunded: 'The fee of this certificate is refunded in full. You need not do anything.',
  notCharged: 'Nothing is charged for this certificate.',
  refusals: {
    'unprintable-name': 'A character of the name cannot be printed correctly.',
    'made-by-hand': 'The office makes it by hand, because this service cannot print a character of the name.',
    'not-in-register': 'The register has no such enrolment.',
    'not-offered': 'This certificate is not issued at present.',
    'not-confirmed': 'The content was not confirmed in time.',
    declined: 'You chose not to have it issued.',
    other: 'The conditions for issuing it are no longer met. Please contact us for details.',
  },
  halted:
    'Issuing is paused at the moment. Your order is kept and goes on by itself when issuing starts again.',
  orderNumber: 'Order number',
  mail: {
    heldSubject: (title) => `Please confirm: the content of your ${title} has changed`,
    held: (title) =>
      `Your ${title} is on hold because the student register changed after you ordered. Please look at it on the page below.`,
    refusedSubject: (title) => `Your ${title} could not be issued (refunded)`,
    refused: (title) => `Your ${title} was checked again before issuing and cannot be issued.`,
  },
} satisfies Widen<typeof source>;
