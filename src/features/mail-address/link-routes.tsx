import type { AppContext, Routes } from '#features/http.tsx';
import { respond, textsFor } from '#features/http.tsx';
import { currentSession, endOtherSessions, requireSession, signInPath } from '#features/sign-in/index.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import { maskAddress } from './address.ts';
import { askPrivateAddressLater } from './address-health-store.ts';
import { confirmByLink, readLink } from './confirm-address.ts';
import type { AddressRequest, VoidReason } from './mail-address-store.ts';
import { askLaterPath, confirmPath, mailAddressPath, signOutOthersPath, undoPath } from './paths.ts';
import type { MailAddressDependencies } from './request-address.ts';
import { readUndo, undoChange } from './undo-change.ts';
import { Changed, Message, OneButton } from './views/simple-pages.tsx';

const HOME = '/order/destination';
type Refused = 'used' | 'expired' | 'void' | 'unknown' | 'other';
const STATUS = { used: 200, expired: 410, void: 410, unknown: 404, other: 409 } as const;

const refuse = (c: AppContext, kind: Refused, voidedBy: VoidReason | null = null): Response => {
  const texts = textsFor(c).mailAddress.link;
  const href = kind === 'other' ? '/' : signInPath({ returnTo: mailAddressPath() });
  const { title } = texts[kind];
  const body = kind === 'void' && voidedBy !== null ? texts.voids[voidedBy] : texts[kind].body;
  return respond(
    c,
    { title, status: STATUS[kind] },
    <Message lines={[body]} href={href} button={texts.signIn} />,
  );
};

const voidReason = (state: object): VoidReason | null =>
  'request' in state ? (state.request as AddressRequest).voidedBy : null;

/** The URLs of the mails. GET and HEAD only show; the button's POST acts. */
export const addLinkRoutes = (routes: Routes, dependencies: MailAddressDependencies): void => {
  const { db, clock } = dependencies;

  routes.get(confirmPath(':token'), async (c) => {
    const token = c.req.param('token') ?? '';
    const link = await readLink(dependencies, token);
    if (link.kind !== 'open') return refuse(c, link.kind, voidReason(link));
    const session = currentSession(c);
    if (session !== null && session.accountId !== link.request.accountId) return refuse(c, 'other');
    const texts = textsFor(c).mailAddress.confirm;
    const button = link.request.purpose === 'register' ? texts.set : texts.change;
    const text = texts.ask(maskAddress(link.request.address));
    return respond(
      c,
      { title: texts.title },
      <OneButton text={text} action={confirmPath(token)} button={button} />,
    );
  });

  routes.post(confirmPath(':token'), async (c) => {
    const session = currentSession(c);
    const result = await confirmByLink(dependencies, c.req.param('token') ?? '', session?.accountId ?? null);
    if (result.kind !== 'done') return refuse(c, result.kind, voidReason(result));
    const texts = textsFor(c).mailAddress;
    if (result.request.purpose === 'change') {
      const view = <Changed texts={texts} signedIn={session !== null} home={HOME} />;
      return respond(c, { title: texts.changed.title }, view);
    }
    const { title, points, button } = texts.complete;
    return respond(c, { title }, <Message lines={points} href={signInPath()} button={button} />);
  });

  routes.get(undoPath(':token'), async (c) => {
    const token = c.req.param('token') ?? '';
    const address = await readUndo(dependencies, token);
    const texts = textsFor(c).mailAddress.undo;
    const view =
      address === null ? (
        <p>{texts.lapsed}</p>
      ) : (
        <OneButton text={texts.ask(maskAddress(address))} action={undoPath(token)} button={texts.button} />
      );
    return respond(c, { title: texts.title, status: address === null ? 410 : 200 }, view);
  });

  routes.post(undoPath(':token'), async (c) => {
    const undone = await undoChange(dependencies, c.req.param('token') ?? '');
    const texts = textsFor(c).mailAddress.undo;
    const lines = undone ? [texts.done, texts.advice] : [texts.lapsed];
    const view = <Message lines={lines} href={signInPath()} button={textsFor(c).mailAddress.link.signIn} />;
    return respond(c, { title: texts.title, status: undone ? 200 : 410 }, view);
  });

  routes.post(askLaterPath(), async (c) => {
    const session = requireSession(c);
    await askPrivateAddressLater(db, session.accountId, clock.now().add({ hours: 30 * 24 }));
    return c.redirect(HOME, 303);
  });

  routes.post(signOutOthersPath(), async (c) => {
    const session = requireSession(c);
    const at = clock.now();
    const ended = await endOtherSessions(db, session, at);
    const subject = `account:${session.accountId}`;
    await recordEvent(db, { at, type: 'session.others-closed', subject, actor: subject, data: { ended } });
    const { changed } = textsFor(c).mailAddress;
    return respond(
      c,
      { title: changed.title },
      <Message lines={[changed.done]} href={HOME} button={changed.home} />,
    );
  });
};
