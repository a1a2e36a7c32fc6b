/** Mailboxes that several people read, by the part before the @ (RFC 2142 names some of them). */
const SHARED = new Set(
  `admin admission admissions applications apply career careers certificates credentials desk documents enquiries
  enquiry evaluation exam gakumu graduate gradschool help helpdesk hr info inquiries inquiry intake international
  jinji jobs kyomu mail nyushi office personnel records recruit recruiting recruitment registrar saiyo saiyou secretary
  support transcript transcripts verification verify visa`.split(/\s+/),
);

/**
 * Whether an address looks like one that many people share. A one-time code would then lock out whoever of them has the
 * link and not the newest mail.
 */
export const isSharedIntake = (address: string): boolean => {
  const local = (address.split('@')[0] ?? '').toLowerCase();
  return local.split(/[._+-]/).some((word) => SHARED.has(word));
};
