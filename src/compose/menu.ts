import type { Session } from '#features/sign-in/index.ts';
import { securityPath } from '#features/sign-in/index.ts';
import { messagesFor } from '#messages/messages.ts';
import type { Language } from '#platform/i18n/language.ts';
import type { Frame } from '#ui/layout.tsx';

/** The ⚙ menu of somebody signed in, in the manual's words (manual 2.3 and 3.1). */
export const menuLinks = (language: Language, session: Session): Frame['menu'] => {
  const { menuEntries } = messagesFor(language).frame;
  const manual = { href: '/manual', label: menuEntries.manual };
  const logOut = { href: '/sign-out', label: menuEntries.logOut, post: true };
  // Until there is a mail address, nothing else can be reached.
  if (session.mailAddress === null) return [manual, logOut];
  return [
    { href: '/mail-address/change', label: menuEntries.changeMailAddress },
    manual,
    { href: '/orders', label: menuEntries.myOrders },
    { href: securityPath(), label: menuEntries.loginAndSecurity },
    logOut,
  ];
};

/** What the foot of every page leads to. */
export const footerLinks = (language: Language): Frame['footer'] => {
  const { footer } = messagesFor(language).frame;
  return [
    { href: '/inquiries', label: footer.inquiries },
    { href: '/manual', label: footer.manual },
    { href: '/browsers', label: footer.browsers },
    { href: '/verify', label: footer.verification },
    { href: '/legal/terms', label: footer.terms },
    { href: '/legal/privacy', label: footer.privacy },
    { href: '/legal/commercial', label: footer.commercial },
    { href: '/legal/accessibility', label: footer.accessibility },
  ];
};
