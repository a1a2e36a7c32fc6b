import type { AppContext, Routes } from '#features/http.tsx';
import { readForm, respond, textsFor } from '#features/http.tsx';
import type { Session } from '#features/sign-in/index.ts';
import { requireSession } from '#features/sign-in/index.ts';
import type { Catalog } from '#messages/catalog.ts';
import { formatTime } from '#platform/i18n/format.ts';
import type { MailState } from '#platform/mail/outbox.ts';
import { mailState } from '#platform/mail/outbox.ts';
import { maskAddress } from './address.ts';
import { confirmByCode } from './confirm-address.ts';
import type { AddressRequest } from './mail-address-store.ts';
import { latestRequest } from './mail-address-store.ts';
import { bounceReason } from './note-bounce.ts';
import { codePath, mailAddressPath, sendAgainPath, waitingPath, waitingStatePath } from './paths.ts';
import type { MailAddressDependencies } from './request-address.ts';
import { CONFIRMATION_MAIL, requestAddress } from './request-address.ts';
import { Changed, Message } from './views/simple-pages.tsx';
import type { WaitingState } from './views/waiting.tsx';
import { Waiting } from './views/waiting.tsx';

const HOME = '/order/destination';
type Problems = { code?: string; typed?: string; send?: string };

/** What became of the mail, in words for its reader. */
const deliveryInWords = (
  mail: MailState | null,
  { waiting, bounceReasons }: Catalog['mailAddress'],
): string => {
  if (mail === null || mail.state === 'queued') {
    return (mail?.attempts ?? 0) > 0 ? waiting.retrying : waiting.queued;
  }
  if (mail.state === 'sent') return waiting.accepted;
  return `${waiting.bounced} ${bounceReasons[bounceReason(mail.status)]}`;
};

const lifeOf = (request: AddressRequest, now: Temporal.Instant): WaitingState['life'] => {
  if (request.voidedBy === 'staff') return 'cancelled';
  if (request.voidedAt !== null) return 'void';
  return Temporal.Instant.compare(request.expiresAt, now) > 0 ? 'open' : 'expired';
};

/** The page once the address is confirmed, wherever that was done: it goes on in the session that is signed in. */
const showConfirmed = (c: AppContext, purpose: AddressRequest['purpose']): Response => {
  const texts = textsFor(c).mailAddress;
  if (purpose === 'change') {
    const view = <Changed texts={texts} signedIn={true} home={HOME} />;
    return respond(c, { title: texts.changed.title }, view);
  }
  const { title, button } = texts.continuing;
  return respond(c, { title }, <Message lines={texts.complete.points} href={HOME} button={button} />);
};

const showWaiting = async (
  c: AppContext,
  { db, clock }: MailAddressDependencies,
  session: Session,
  problems: Problems = {},
): Promise<Response> => {
  const all = textsFor(c);
  const request = await latestRequest(db, session.accountId);
  if (request === null) return c.redirect(mailAddressPath(), 303);
  if (request.usedAt !== null) return showConfirmed(c, request.purpose);
  const mail = await mailState(db, CONFIRMATION_MAIL, request.id);
  const state = {
    masked: maskAddress(request.address),
    purpose: request.purpose,
    until: formatTime(request.expiresAt),
    life: lifeOf(request, clock.now()),
    delivery: deliveryInWords(mail, all.mailAddress),
    refused: mail?.state === 'refused',
    folded: c.req.query('folded') === '1',
    asked: c.req.query('asked') === '1',
    codeTyped: problems.typed ?? '',
    codeProblem: problems.code ?? null,
    sendProblem: problems.send ?? null,
  };
  const status = problems.code !== undefined ? 422 : problems.send !== undefined ? 429 : 200;
  const { title } = all.mailAddress.waiting;
  return respond(c, { title, status, scripts: ['waiting'] }, <Waiting all={all} state={state} />);
};

/** Set mail address: the page that waits for the confirmation, in the session that asked. */
export const addWaitingRoutes = (routes: Routes, dependencies: MailAddressDependencies): void => {
  const { db, clock } = dependencies;
  routes.get(waitingPath(), (c) => showWaiting(c, dependencies, requireSession(c)));

  // Asked by the page's script every few seconds, so that it notices what happened on another device.
  routes.get(waitingStatePath(), async (c) => {
    const request = await latestRequest(db, requireSession(c).accountId);
    const mail = request === null ? null : await mailState(db, CONFIRMATION_MAIL, request.id);
    const isOpen = request !== null && lifeOf(request, clock.now()) === 'open' && mail?.state !== 'refused';
    const confirmed = request !== null && request.usedAt !== null;
    const delivery = deliveryInWords(mail, textsFor(c).mailAddress);
    return c.json({ state: confirmed ? 'confirmed' : isOpen ? 'open' : 'closed', delivery });
  });

  routes.post(sendAgainPath(), async (c) => {
    const session = requireSession(c);
    const request = await latestRequest(db, session.accountId);
    const isOver = request === null || request.usedAt !== null || request.voidedBy === 'staff';
    if (isOver) return c.redirect(waitingPath(), 303);
    const result = await requestAddress(dependencies, session, request.address);
    if (result.kind === 'sent') return c.redirect(waitingPath(), 303);
    const time = formatTime(result.until.add({ seconds: 59 }));
    const send = textsFor(c).mailAddress.waiting.limited(time);
    return showWaiting(c, dependencies, session, { send });
  });

  routes.post(codePath(), async (c) => {
    const session = requireSession(c);
    const code = (await readForm(c)).get('code');
    const result = await confirmByCode(dependencies, session.accountId, code);
    if (result.kind === 'done') return c.redirect(waitingPath(), 303);
    const texts = textsFor(c).mailAddress.waiting;
    const left = result.kind === 'wrong' ? result.left : 0;
    const expired = result.kind === 'closed' ? texts.expired : texts.noTries;
    const problem = left > 0 ? texts.wrongCode(left) : expired;
    return showWaiting(c, dependencies, session, { code: problem, typed: code });
  });
};
