import { AkashiError } from '#domain/error.ts';
import type { Routes } from '#features/http.tsx';
import { createRoutes, respond, textsFor } from '#features/http.tsx';
import { recordEvent } from '#platform/audit/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { closeSession } from './close-session.ts';
import { endOtherSessionsPath, endSessionPath, securityPath } from './paths.ts';
import { requireSession } from './session.ts';
import { endOtherSessions, listSessions } from './session-store.ts';
import { LoginAndSecurity } from './views/login-and-security.tsx';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Login & security: where one is signed in, and a way out of each. */
export const createSecurityRoutes = ({ db, clock }: { db: Database; clock: Clock }): Routes => {
  const routes = createRoutes();
  routes.get(securityPath(), async (c) => {
    const session = requireSession(c);
    const sessions = await listSessions(db, session.accountId, clock.now());
    const texts = textsFor(c).signIn.security;
    const view = (
      <LoginAndSecurity texts={texts} language={c.get('language')} session={session} sessions={sessions} />
    );
    return respond(c, { title: texts.title }, view);
  });

  routes.post(endSessionPath(':id'), async (c) => {
    const session = requireSession(c);
    const id = c.req.param('id') ?? '';
    if (!UUID.test(id) || !(await closeSession({ db, clock }, session, id)))
      throw new AkashiError('not-found');
    return c.redirect(securityPath(), 303);
  });

  routes.post(endOtherSessionsPath(), async (c) => {
    const session = requireSession(c);
    const at = clock.now();
    const subject = `account:${session.accountId}`;
    await transaction(db, async (tx) => {
      const ended = await endOtherSessions(tx, session, at);
      const data = { ended };
      await recordEvent(tx, { at, type: 'session.others-closed', subject, actor: subject, data });
    });
    return c.redirect(securityPath(), 303);
  });
  return routes;
};
