import type { Widen } from '../catalog.ts';
import type { delivery as source } from '../ja/delivery.ts';

export const delivery = {
  titleIn: {
    ja: (title: string) => `${title} (Japanese)`,
    en: (title: string) => `${title} (English)`,
  },
  links: {
    unknown: {
      title: 'This link does not work',
      body: 'Please check that the whole link of the mail was opened; a part of it may have been cut off.',
    },
    replaced: {
      title: 'There is a newer link',
      body: 'The applicant has had a new link sent, so this one no longer works. Please open the link in the newest mail.',
    },
    recalled: {
      title: 'This was called back',
      body: 'The applicant has called these certificates back. If you need them, please ask the applicant.',
    },
    expired: {
      title: 'The link has expired',
      body: 'The time is over and the files were deleted. If you need the certificates, please ask the applicant to send them again.',
    },
    withdrawn: {
      title: 'The certificate was withdrawn',
      body: 'The university has withdrawn this certificate, so it can no longer be downloaded. For details please use the contact below.',
    },
  },
  page: {
    title: 'Certificates for you',
    lead: (university: string, applicant: string) =>
      `${university} sends you these certificates at the request of ${applicant}.`,
    from: 'Issued by',
    applicant: 'Applicant',
    to: 'Sent to',
    reference: 'Reference number',
    certificates: 'Certificates',
    until: 'Available until',
    untilText: (time: string) => `${time} (Japan time). After that the files are deleted.`,
    open: 'Show the certificates',
    openHint: 'The applicant will see when you opened them.',
    codeNeeded: (address: string) =>
      `The certificates are shown once you enter a one-time code. It is mailed to ${address}.`,
    askCode: 'Mail me a code',
    askCodeAgain: 'Mail me a new code',
    codeMailed: 'A code has been mailed. Please enter it within 30 minutes.',
    code: 'One-time code',
    codeHint: 'Six digits, as written in the mail.',
    enter: 'Enter and show the certificates',
    wrong: (left: number) =>
      `This is not the code. You can try ${left} more ${left === 1 ? 'time' : 'times'}.`,
    noTries: 'The code was wrong five times and no longer works. Please have a new one mailed.',
    noCode: 'This code no longer works. Please have a new one mailed.',
    tooMany: 'Too many codes were mailed. Please try again in an hour.',
    errorField: 'One-time code: ',
    documents: 'Download',
    download: (title: string) => `Download: ${title}`,
    downloadAll: (count: number) => `Download all ${count} (ZIP)`,
    downloaded: (time: string) => `Downloaded ${time}`,
    withdrawn: (count: number) =>
      `${count} ${count === 1 ? 'certificate is' : 'certificates are'} not shown: withdrawn by the university.`,
    extendTitle: 'More time',
    extendHint: (until: string) => `You can extend the time once, until ${until}.`,
    extend: 'Extend the time',
    extended: 'The time has been extended and cannot be extended again.',
    check: 'How to check',
    checkText:
      'Each PDF carries the university’s digital signature, and every page a QR code. On the verification page you can check a PDF file or a number.',
    checkLink: 'Check a certificate',
    mistaken: 'If you did not expect this, close the page and do nothing.',
  },
  section: {
    title: 'Sent to recipients',
    sentAt: 'Sent',
    openedAt: 'Opened',
    downloadedAt: 'Downloaded',
    downloaded: (title: string, time: string) => `${title} (downloaded ${time})`,
    recalledAt: 'Called back',
    until: 'Available until',
    extended: '(extended by the recipient)',
    notYet: 'Not yet',
    states: {
      sent: 'Sent',
      opened: 'Opened',
      downloaded: 'Downloaded',
      expired: 'Expired',
      recalled: 'Called back',
    },
    bounced: 'The mail did not arrive. Please check the address and send it again.',
    code: 'Asks for a one-time code',
    recall: 'Call back',
    resend: 'Send a new link',
    correct: 'Correct the address and send again',
    documents: 'Certificates sent here',
    copies: 'Personal copy',
    copiesHint:
      'A copy for you to keep, marked PERSONAL COPY on every page. It has no QR code and no signature and cannot be used as a certificate.',
    copy: (title: string) => `Download the personal copy: ${title}`,
  },
  recall: {
    title: (organisation: string) => `Call back from ${organisation}`,
    lead: 'The link stops working at once. Once the recipient has opened it, it cannot be called back.',
    after:
      'You can correct the address and send it again later. When everything is called back, you can also cancel the order and have your money back.',
    keep: 'Do not call back',
    recall: 'Call back',
  },
  resend: {
    title: (organisation: string) => `Send a new link to ${organisation}`,
    lead: 'A new link is mailed and the old one stops working. The time until which it works stays the same.',
    fixed: (address: string) =>
      `It has been opened already, so the new link goes to the same address (${address}).`,
    mail: 'Mail address of the recipient',
    again: 'Mail address again',
    send: 'Send a new link',
    back: 'Back to the order',
    left: (count: number) => `You can send ${count} more ${count === 1 ? 'time' : 'times'}.`,
    problems: {
      missing: 'Please fill this in.',
      mail: 'Enter a mail address such as name@example.com.',
      'mail-differs': 'The two mail addresses differ.',
    },
  },
  mail: {
    subject: (applicant: string, reference: string, certificate: string, university: string) =>
      `${applicant} ${reference} ${certificate} (${university})`,
    and: (title: string, more: number) => `${title} and ${more} more`,
    dear: (names: readonly string[]) => `To: ${names.join(', ')}`,
    lead: (university: string, applicant: string) =>
      `${university} sends you certificates of ${applicant}. You can download them from this page:`,
    list: (lines: readonly string[]) => `Certificates:\n${lines.map((line) => `- ${line}`).join('\n')}`,
    reference: (reference: string) => `Reference number: ${reference}`,
    until: (time: string) => `Available until: ${time}, Japan time (can be extended once)`,
    code: 'The page asks for a one-time code, which is mailed to this address.',
    check:
      'Each PDF carries the university’s digital signature; the QR code on every page shows that it is real.',
    mistaken: (orderNumber: string) =>
      `If you did not expect this mail, please delete it. (Order number ${orderNumber})`,
    codeSubject: (university: string) => `One-time code (certificates, ${university})`,
    codeText: (code: string, time: string) => `One-time code: ${code}\nIt works until ${time}, Japan time.`,
    codeIgnore: 'If you did not ask for a code on the page of the certificates, please delete this mail.',
  },
  news: {
    order: (number: string) => `Order number: ${number}`,
    where:
      'The page of the order shows when it was opened and downloaded, and lets you call back or send again.',
    sent: {
      subject: 'Your certificates were sent to the recipient',
      text: (until: string) =>
        `Your certificates were mailed to the recipient, who can download them until ${until}.`,
    },
    bounced: {
      subject: (organisation: string) => `The mail to ${organisation} did not arrive`,
      text: (organisation: string, address: string) =>
        `The mail to ${organisation} (${address}) came back. Please correct the address and send it again, or call it back.`,
    },
    waiting: {
      subject: (organisation: string) => `The link for ${organisation} ends soon`,
      text: (organisation: string, until: string) =>
        `${organisation} has not downloaded everything yet. The link ends ${until}. Please let them know.`,
    },
    expired: {
      subject: (organisation: string) => `The link for ${organisation} has expired`,
      text: (organisation: string) =>
        `The link for ${organisation} has expired and the files were deleted. If they are still needed, please order again.`,
    },
  },
} satisfies Widen<typeof source>;
