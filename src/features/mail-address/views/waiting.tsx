import type { Catalog } from '#messages/messages.ts';
import type { MailState } from '#platform/mail/outbox.ts';
import { ErrorSummary } from '#ui/components/error-summary.tsx';
import { TextField } from '#ui/components/text-field.tsx';
import { anotherAddressPath, changeAddressPath, codePath, sendAgainPath, waitingPath } from '../paths.ts';
import { MissingMail } from './address-form.tsx';

export type WaitingState = {
  readonly masked: string;
  readonly purpose: 'register' | 'change';
  /** The Tokyo clock time until which the URL works. */
  readonly until: string;
  readonly expired: boolean;
  readonly delivery: MailState['state'];
  readonly folded: boolean;
  readonly asked: boolean;
  /** What is wrong with the code typed last. */
  readonly codeProblem: string | null;
  readonly sendProblem: string | null;
};

const DELIVERY = { queued: 'queued', sent: 'accepted', failed: 'bounced' } as const;

/** Screen 3: what was sent, where, until when, and every way on. */
export const Waiting = ({ all, state }: { all: Catalog; state: WaitingState }) => {
  const texts = all.mailAddress.waiting;
  const problems = state.codeProblem === null ? [] : [{ field: 'code', message: state.codeProblem }];
  const another = state.purpose === 'register' ? anotherAddressPath() : changeAddressPath();
  return (
    <div class="stack">
      <ErrorSummary title={all.frame.errorSummary} problems={problems} />
      <div aria-live="polite">
        {state.asked ? <p class="notice">{texts.notYet}</p> : null}
        {state.folded ? <p class="notice">{texts.folded}</p> : null}
        {state.sendProblem === null ? null : <p class="notice">{state.sendProblem}</p>}
      </div>
      <p>
        {texts.sent}
        <br />
        {texts.access}
      </p>
      <dl>
        <dt>{texts.to}</dt>
        <dd>{state.masked}</dd>
        <dt>{texts.until}</dt>
        <dd>{state.expired ? texts.expired : texts.untilTime(state.until)}</dd>
        <dt>{texts.delivery}</dt>
        <dd>{texts[DELIVERY[state.delivery]]}</dd>
      </dl>
      <p>
        <a class="button" href={`${waitingPath()}?asked=1`}>
          {texts.confirmed}
        </a>
      </p>
      <form method="post" action={codePath()} class="stack">
        <TextField
          name="code"
          label={texts.code}
          hint={texts.codeHint}
          problem={state.codeProblem ?? undefined}
          value=""
          inputMode="numeric"
          autocomplete="one-time-code"
        />
        <button class="button button--secondary" type="submit">
          {texts.useCode}
        </button>
      </form>
      <section class="notice">
        <MissingMail texts={all.mailAddress} />
        <p>{texts.expiry}</p>
      </section>
      <form method="post" action={sendAgainPath()} class="actions">
        <button class="button button--secondary" type="submit">
          {texts.again}
        </button>
        <a href={another}>{texts.another}</a>
      </form>
    </div>
  );
};
