import type { AppContext, PostedForm, Routes } from '#features/http.tsx';
import { readForm, respond, textsFor } from '#features/http.tsx';
import type { Session } from '#features/sign-in/index.ts';
import {
  currentSession,
  keepForm,
  requireSession,
  signInPath,
  takeKeptForm,
} from '#features/sign-in/index.ts';
import { formatTime } from '#platform/i18n/format.ts';
import type { CookieJar } from '#platform/web/cookies.ts';
import { maskAddress, needsSmtpUtf8 } from './address.ts';
import { changeAddressPath, mailAddressPath, waitingPath } from './paths.ts';
import { readAddressForm } from './read-address-form.ts';
import type { MailAddressDependencies } from './request-address.ts';
import { requestAddress, wasJustAsked } from './request-address.ts';
import type { AddressFormState } from './views/address-form.tsx';
import { AddressForm } from './views/address-form.tsx';
import { Message } from './views/simple-pages.tsx';

const FRESH_SECONDS = 300;
const HOME = '/order/destination';
const FORM = 'mail-address';

export type SettingDependencies = MailAddressDependencies & { readonly cookies: CookieJar };

const emptyForm = (session: Session): AddressFormState => {
  const current = session.mailAddress;
  return {
    purpose: current === null ? 'register' : 'change',
    accountId: session.accountId,
    current: current === null ? null : maskAddress(current),
    kept: false,
    address: '',
    check: '',
    asked: '',
    problems: [],
    action: current === null ? mailAddressPath() : changeAddressPath(),
    back: current === null ? '/' : HOME,
  };
};

const typedIn = (form: PostedForm) => ({
  address: form.get('address'),
  check: form.get('check'),
  asked: form.get('asked'),
});

const showForm = (c: AppContext, state: AddressFormState): Response => {
  const all = textsFor(c);
  const texts = state.purpose === 'register' ? all.mailAddress.setting : all.mailAddress.change;
  const status = state.problems.length === 0 ? 200 : 422;
  return respond(c, { title: texts.title, status }, <AddressForm all={all} state={state} />);
};

/** A page with a link, because `form-action 'self'` lets no form's redirect reach the campus. */
const askToSignInAgain = (c: AppContext, href: string): Response => {
  const { title, body, button } = textsFor(c).mailAddress.renew;
  return respond(c, { title }, <Message lines={body} href={href} button={button} />);
};

/** Mail address setting (manual 2.1) and Change mail address (manual 2.3): one form under two names. */
export const addSettingRoutes = (routes: Routes, dependencies: SettingDependencies): void => {
  const { clock, cookies } = dependencies;
  // A change needs a sign-in of the last five minutes: a screen left open must not give the account away.
  const isStale = (session: Session): boolean =>
    clock.now().since(session.signedInAt).total('seconds') > FRESH_SECONDS;
  const detour = (session: Session, path: string): string | null => {
    if (session.mailAddress === null) return path === mailAddressPath() ? null : mailAddressPath();
    if (path === mailAddressPath()) return changeAddressPath();
    return isStale(session) ? signInPath({ fresh: true, returnTo: changeAddressPath() }) : null;
  };

  for (const path of [mailAddressPath(), changeAddressPath()]) {
    routes.get(path, (c) => {
      const session = requireSession(c);
      const elsewhere = detour(session, path);
      if (elsewhere !== null) return c.redirect(elsewhere, 303);
      const kept = takeKeptForm(cookies, c, FORM);
      if (kept === null) return showForm(c, emptyForm(session));
      return showForm(c, { ...emptyForm(session), ...typedIn(kept), kept: true });
    });

    routes.post(path, async (c) => {
      const form = await readForm(c);
      const typed = typedIn(form);
      const signedIn = currentSession(c);
      const elsewhere = signedIn === null ? null : detour(signedIn, path);
      if (signedIn === null || elsewhere !== null) keepForm(cookies, c, FORM, form);
      const session = requireSession(c);
      if (elsewhere !== null) return askToSignInAgain(c, elsewhere);
      const texts = textsFor(c).mailAddress.errors;
      const smtpUtf8 = needsSmtpUtf8(typed.address) && (await dependencies.offersSmtpUtf8());
      const decision = readAddressForm(typed, session.mailAddress, texts, { smtpUtf8 });
      if (!decision.ok) return showForm(c, { ...emptyForm(session), ...typed, ...decision });
      const result = await requestAddress(dependencies, session, decision.address);
      if (result.kind === 'sent' || (await wasJustAsked(dependencies, session.accountId, decision.address)))
        return c.redirect(`${waitingPath()}${decision.folded ? '?folded=1' : ''}`, 303);
      const message = texts.limited(formatTime(result.until.add({ seconds: 59 })));
      return showForm(c, { ...emptyForm(session), ...typed, problems: [{ field: 'address', message }] });
    });
  }
};
