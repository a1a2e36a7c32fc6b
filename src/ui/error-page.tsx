import type { Catalog } from '#messages/messages.ts';
import type { ErrorCode } from '../domain/error.ts';

type Props = { readonly texts: Catalog['errors']; readonly code: ErrorCode; readonly requestId: string };

const TO_SIGN_IN: readonly ErrorCode[] = ['session-expired', 'sign-in-expired', 'sign-in-failed'];

/** What happened, what to do, and the number to quote: the same shape for every refusal. */
export const ErrorPage = ({ texts, code, requestId }: Props) => (
  <div class="stack">
    <p>{texts.codes[code].what}</p>
    <p>{texts.codes[code].next}</p>
    <p>
      {TO_SIGN_IN.includes(code) ? (
        <a class="button" href="/sign-in">
          {texts.toSignIn}
        </a>
      ) : (
        <a class="button button--secondary" href="/">
          {texts.toStart}
        </a>
      )}
    </p>
    <p class="request-number">
      {texts.requestNumber} <code>{requestId}</code>
    </p>
  </div>
);
