import type { Catalog } from '#messages/catalog.ts';
import { formatInstant } from '#platform/i18n/format.ts';
import type { Language } from '#platform/i18n/language.ts';
import { Button } from '#ui/components/button.tsx';
import { endOtherSessionsPath, endSessionPath, signOutPath } from '../paths.ts';
import type { OpenSession, Session } from '../session-store.ts';
import { describeBrowser } from './describe-browser.ts';

type Texts = Catalog['signIn']['security'];

const SessionCard = ({
  texts,
  language,
  open,
  here,
}: {
  texts: Texts;
  language: Language;
  open: OpenSession;
  here: boolean;
}) => {
  const name = describeBrowser(open.userAgent) ?? texts.unknownBrowser;
  return (
    <li class="card stack">
      <h3>{here ? `${name} (${texts.here})` : name}</h3>
      <p>
        {texts.opened(formatInstant(open.openedAt, language))}
        <br />
        {texts.seen(formatInstant(open.seenAt, language))}
      </p>
      <form method="post" action={here ? signOutPath() : endSessionPath(open.id)}>
        <Button kind="secondary">{here ? texts.logOutHere : texts.logOutThere(name)}</Button>
      </form>
    </li>
  );
};

/** Who is signed in, where, and a way out of each place. */
export const LoginAndSecurity = ({
  texts,
  language,
  session,
  sessions,
}: {
  texts: Texts;
  language: Language;
  session: Session;
  sessions: readonly OpenSession[];
}) => {
  const others = sessions.filter(({ id }) => id !== session.id);
  const here = sessions.filter(({ id }) => id === session.id);
  return (
    <div class="stack">
      <p>
        {texts.account}
        <br />
        <strong>{session.principalName}</strong>
      </p>
      <p>{texts.password}</p>
      <h2>{texts.sessions}</h2>
      <p>{texts.limits}</p>
      <ul class="stack plain-list">
        {[...here, ...others].map((open) => (
          <SessionCard
            key={open.id}
            texts={texts}
            language={language}
            open={open}
            here={open.id === session.id}
          />
        ))}
      </ul>
      {others.length < 2 ? null : (
        <form method="post" action={endOtherSessionsPath()}>
          <Button kind="secondary">{texts.logOutOthers}</Button>
        </form>
      )}
    </div>
  );
};
