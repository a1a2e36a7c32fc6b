import type { ErrorCode } from '#domain/error.ts';
import type { Catalog } from '#messages/catalog.ts';
import { LinkButton } from './components/button.tsx';

type ErrorPageProps = {
  readonly texts: Catalog;
  readonly code: ErrorCode;
  readonly requestId: string;
  /** Where signing in leads back to. */
  readonly signIn: string;
  /** The page to ask for again, of what may succeed in a while; null where there is none. */
  readonly again: string | null;
};
const SIGN_IN_AGAIN: readonly ErrorCode[] = [
  'session-expired',
  'sign-in-expired',
  'sign-in-failed',
  'sign-in-cancelled',
  'sign-in-incomplete',
  'second-factor-missing',
];

/** What happened, what to do next, whom to ask and the number to quote. Its heading is `texts.errors.codes[code].title`. */
export const ErrorPage = ({ texts, code, requestId, signIn, again }: ErrorPageProps) => {
  const entry: { readonly what: string; readonly next: string } = texts.errors.codes[code];
  return (
    <>
      <p>{entry.what}</p>
      <p>{entry.next}</p>
      <p class="actions">
        {code !== 'unavailable' || again === null ? null : (
          <LinkButton href={again}>{texts.errors.tryAgain}</LinkButton>
        )}
        <LinkButton kind="secondary" href="/inquiries">
          {texts.frame.footer.inquiries}
        </LinkButton>
        {SIGN_IN_AGAIN.includes(code) ? (
          <LinkButton href={signIn}>{texts.errors.toSignIn}</LinkButton>
        ) : (
          <LinkButton href="/">{texts.errors.toStart}</LinkButton>
        )}
      </p>
      <p class="quiet">
        {texts.errors.requestNumber}
        <br />
        <code>{requestId}</code>
      </p>
    </>
  );
};
