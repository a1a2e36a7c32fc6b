import { createTransport } from 'nodemailer';
import type { StoredMail } from './mail-store.ts';

/** What a mail server may say of a mail it could not deliver (RFC 3463), with words for the button. */
export const REFUSALS = [
  ['5.1.1', '宛先がない No such mailbox'],
  ['5.2.2', '受信箱がいっぱい Mailbox full'],
  ['5.7.1', '受信拒否 Refused'],
] as const;

/** Sends a delivery report (RFC 3464) to where the mail came from, as a real mail server does some minutes later. */
export const sendDeliveryReport = async (
  reportUrl: string,
  mail: StoredMail,
  status: string,
): Promise<string> => {
  const boundary = `report-${mail.id}`;
  const raw = [
    'From: MAILER-DAEMON@inbox.localhost',
    `To: ${mail.returnPath}`,
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    'The development inbox was told to refuse this mail.',
    '',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; inbox.localhost',
    '',
    `Final-Recipient: rfc822; ${mail.to}`,
    'Action: failed',
    `Status: ${status}`,
    '',
    `--${boundary}--`,
    '',
  ].join('\r\n');
  const transport = createTransport(reportUrl);
  try {
    const sent = (await transport.sendMail({ envelope: { from: '', to: mail.returnPath }, raw })) as {
      response: string;
    };
    return sent.response;
  } finally {
    transport.close();
  }
};
