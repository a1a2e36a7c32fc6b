import type { AppContext, Routes } from '#features/http.tsx';
import { readForm, respond, textsFor } from '#features/http.tsx';
import type { Session } from '#features/sign-in/index.ts';
import { requireSession } from '#features/sign-in/index.ts';
import { formatTime } from '#platform/i18n/format.ts';
import { mailState } from '#platform/mail/outbox.ts';
import { maskAddress } from './address.ts';
import { confirmByCode } from './confirm-address.ts';
import { latestRequest } from './mail-address-store.ts';
import { codePath, mailAddressPath, sendAgainPath, waitingPath } from './paths.ts';
import type { MailAddressDependencies } from './request-address.ts';
import { CONFIRMATION_MAIL, requestAddress } from './request-address.ts';
import { Changed, Message } from './views/simple-pages.tsx';
import { Waiting } from './views/waiting.tsx';

const HOME = '/order/destination';
type Problems = { code?: string; send?: string };

const showWaiting = async (
  c: AppContext,
  { db, clock }: MailAddressDependencies,
  session: Session,
  problems: Problems = {},
): Promise<Response> => {
  const all = textsFor(c);
  const request = await latestRequest(db, session.accountId);
  if (request === null) return c.redirect(mailAddressPath(), 303);
  if (request.usedAt !== null) {
    const { continuing, changed } = all.mailAddress;
    if (request.purpose === 'change') {
      return respond(
        c,
        { title: changed.title },
        <Changed texts={all.mailAddress} signedIn={true} home={HOME} />,
      );
    }
    const lines = all.mailAddress.complete.points;
    return respond(
      c,
      { title: continuing.title },
      <Message lines={lines} href={HOME} button={continuing.button} />,
    );
  }
  const mail = await mailState(db, CONFIRMATION_MAIL, request.id);
  const state = {
    masked: maskAddress(request.address),
    purpose: request.purpose,
    until: formatTime(request.expiresAt),
    expired: Temporal.Instant.compare(request.expiresAt, clock.now()) <= 0,
    delivery: mail?.state ?? 'queued',
    folded: c.req.query('folded') === '1',
    asked: c.req.query('asked') === '1',
    codeProblem: problems.code ?? (request.voidedAt === null ? null : all.mailAddress.waiting.noTries),
    sendProblem: problems.send ?? null,
  } as const;
  const status = problems.code === undefined ? 200 : 422;
  const { title } = all.mailAddress.waiting;
  return respond(c, { title, status }, <Waiting all={all} state={state} />);
};

/** Set mail address: the page that waits for the confirmation, in the session that asked. */
export const addWaitingRoutes = (routes: Routes, dependencies: MailAddressDependencies): void => {
  routes.get(waitingPath(), (c) => showWaiting(c, dependencies, requireSession(c)));

  routes.post(sendAgainPath(), async (c) => {
    const session = requireSession(c);
    const request = await latestRequest(dependencies.db, session.accountId);
    if (request === null || request.usedAt !== null) return c.redirect(waitingPath(), 303);
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
    return showWaiting(c, dependencies, session, { code: left > 0 ? texts.wrongCode(left) : expired });
  });
};
