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
  lapsed: 'The certificates can no longer be printed with this number. Their files have been deleted.',
  extendTerms: (until) =>
    `You can extend the deadline once at no cost. If you do so now, you can print until ${until} with the same number. The certificates and their date of issue stay the same.`,
  extend: 'Extend the print deadline',
  extensionUsed:
    'The print deadline has been extended once already. If you still need them, please order again.',
  stopped:
    'The machine stopped before everything was printed. Please print again with the number below. Sheets that did come out become void then.',
  nothingValid: 'The earlier sheets are void. Please print again with the number below.',
  badPrint: {
    title: 'The print came out badly',
    offer: (until) =>
      `If a sheet is faint, dirty or folded and cannot be used, tell us until ${until} and print it again with a new number.`,
    open: 'Print it again',
    lead: 'Choose the certificates that cannot be used.',
    terms: [
      'The sheets of the certificates you choose become void at once. This cannot be taken back.',
      'You get a new print number and PIN, also by mail.',
      'The certificates and their date of issue stay the same. There is no fee; a store copier takes its print charge again.',
      'You can do this a limited number of times per order.',
    ],
    which: 'Certificates to print again',
    choose: 'Choose at least one certificate to print again.',
    sheet: (serial, pages) => `Serial ${serial}, ${pages} ${pages === 1 ? 'sheet' : 'sheets'}`,
    back: 'Go back without doing this',
    submit: 'Void them and print again',
  },
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
  coin: (coin, count) => `${count} × ${coin}`,
  coins: (coins) => `Please bring coins, for example ${coins.join(', ')}.`,
  deadline: 'Print deadline',
  until: (time) => `until ${time}`,
  after: 'After that the certificates can no longer be printed and their files are deleted.',
  chains: 'Stores and steps',
  stop: (from, until, reason) => `Not available from ${from} to ${until} (${reason})`,
  campus: {
    title: 'Campus printing',
    number: 'Campus print number',
    lead: 'Choose a machine, and type your PIN there. Nothing is printed before you do.',
    charge: 'Print charge',
    free: (sheets) => `${sheets} ${sheets === 1 ? 'sheet' : 'sheets'}, free of charge`,
    machine: 'Machine to print at',
    send: 'Send to this machine',
    sentTo: (machine) => `Sent to: ${machine}`,
    release: (name, until) =>
      `Choose “${name}” on the machine's panel and type your PIN. It waits until ${until}.`,
    takeBack: 'Take it back and choose another machine',
    takingBack: 'The machine is giving it back. Please wait a moment.',
    reloads: 'This page reloads by itself.',
    ended: (machine) => `It was not printed at: ${machine}. You can send it again.`,
    troubles: {
      busy: 'The machine is busy. We keep trying until it is free.',
      unreachable: 'The machine cannot be reached. We keep trying. You can also choose another machine.',
      refused: 'The machine did not accept it. Please choose another machine.',
      stopped: 'The machine has stopped (paper jam, no paper or the like). Please tell the staff there.',
    },
    mailLead: 'Choose a machine on campus on the page below, and type your PIN at the machine.',
  },
  orderNumber: 'Order number',
  mail: {
    news: {
      ready: {
        subject: (until) => `Your certificates can be printed (until ${until})`,
        lead: 'Enter the following number at a store copier to print your certificates.',
      },
      replaced: {
        subject: (until) => `Your new print number (until ${until})`,
        lead: 'The PIN was entered wrongly five times, so number and PIN have been replaced. The earlier number no longer works.',
      },
      extended: {
        subject: (until) => `The print deadline has been extended (until ${until})`,
        lead: 'The print deadline has been extended. Number and PIN are the same as before. It can be extended only once.',
      },
      'bad-print': {
        subject: (until) => `The number for printing again (until ${until})`,
        lead: 'The bad sheets are void. Print the certificates again with the following new number.',
      },
    },
    lapsedSubject: 'The print deadline has passed',
    lapsed: 'The print deadline passed before your certificates were printed. Their files have been deleted.',
    lapsedExtend:
      'On the page below you can extend the deadline once at no cost. The certificates and their date of issue stay the same.',
    pinWhere: 'To see your PIN, sign in to the page below.',
  },
} satisfies Widen<typeof source>;
