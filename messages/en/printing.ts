import type { Widen } from '../catalog.ts';
import type { printing as source } from '../ja/printing.ts';

export const printing = {
  title: 'Print number',
  preparingTitle: 'Preparing your certificates',
  preparing:
    'Your certificates are being made. This usually takes less than a minute. This page reloads by itself.',
  preparingLeave: 'You may close this page. We will send you a mail when they are ready.',
  printedTitle: 'Printed',
  printed: 'All certificates have been printed. The electronic files have been deleted.',
  partly: (done, all) => `${done} of ${all} certificates are printed. Print the rest with the same number.`,
  unknown: 'The copier has not reported a result. Please try again with the same number.',
  busy: 'A copier is printing now.',
  lapsedTitle: 'The print deadline has passed',
  lapsed: 'The certificates can no longer be printed. See your order for an extension of the deadline.',
  unconfirmedTitle: 'The print could not be confirmed',
  unconfirmed:
    'The print deadline has passed, and the copier never told us whether your certificates came out. If you have them, they are valid and there is nothing to do.',
  reprintVoids:
    'If they did not come out, you can have them printed once more at no cost. Sheets that did come out then become void as soon as the new ones are printed.',
  reprint: 'Print once more',
  reprintUsed: 'They have been reprinted once already. Please contact us if they did not come out.',
  replacing: 'The PIN was entered wrongly too often, so the number is being replaced. Please wait a moment.',
  lead: 'Enter this number at a copier in a store near you.',
  number: 'Print number',
  copy: 'Copy the number',
  copied: 'Copied',
  qr: 'QR code of the print number',
  qrHint: 'Hold it to the reader of the copier',
  pin: 'PIN',
  showPin: 'Show the PIN',
  bring: 'To pay at the store',
  sheets: (sheets, charge) =>
    `${sheets} ${sheets === 1 ? 'sheet' : 'sheets'}, print charge ${charge} (paid at the copier)`,
  sum: (sheets, each, charge) => `${sheets} ${sheets === 1 ? 'sheet' : 'sheets'} × ${each} = ${charge}`,
  coins: 'Please bring coins.',
  deadline: 'Print deadline',
  until: (time) => `until ${time}`,
  after: 'After that the certificates can no longer be printed and their files are deleted.',
  chains: 'Stores and steps',
  stop: (from, until, reason) => `Not available from ${from} to ${until} (${reason})`,
  orderNumber: 'Order number',
  mail: {
    subject: (until) => `Your certificates can be printed (until ${until})`,
    replacedSubject: (until) => `Your new print number (until ${until})`,
    ready: 'Enter the following number at a store copier to print your certificates.',
    replaced:
      'The PIN was entered wrongly five times, so number and PIN have been replaced. The earlier number no longer works.',
    pinWhere: 'To see your PIN, sign in to the page below.',
  },
} satisfies Widen<typeof source>;
