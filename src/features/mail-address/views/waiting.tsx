import type { Catalog } from '#messages/catalog.ts';
import { ErrorSummary } from '#ui/components/error-summary.tsx';
import { Facts } from '#ui/components/facts.tsx';
import { TextField } from '#ui/components/text-field.tsx';
import {
  anotherAddressPath,
  changeAddressPath,
  codePath,
  sendAgainPath,
  waitingPath,
  waitingStatePath,
} from '../paths.ts';
import { MissingMail } from './address-form.tsx';

export type WaitingState = {
  readonly masked: string;
  readonly purpose: 'register' | 'change';
  /** The Tokyo clock time until which the URL works. */
  readonly until: string;
  /** `open` while the URL works; else why it does not. */
  readonly life: 'open' | 'expired' | 'void' | 'cancelled';
  /** What became of the mail, in words. */
  readonly delivery: string;
  readonly refused: boolean;
  readonly folded: boolean;
  readonly asked: boolean;
  /** The code typed last, and what is wrong with it. */
  readonly codeTyped: string;
  readonly codeProblem: string | null;
  readonly sendProblem: string | null;
};

type Texts = Catalog['mailAddress'];

type CodeProps = { texts: Texts['waiting']; typed: string; problem: string | null };

const CodeForm = ({ texts, typed, problem }: CodeProps) => (
  <form method="post" action={codePath()} class="stack code-form">
    <TextField
      name="code"
      label={texts.code}
      hint={texts.codeHint}
      problem={problem ?? undefined}
      value={typed}
      short
      inputMode="numeric"
      autocomplete="one-time-code"
    />
    <button class="button button--secondary" type="submit">
      {texts.useCode}
    </button>
  </form>
);

const RequestFacts = ({ texts, state }: { texts: Texts['waiting']; state: WaitingState }) => (
  <Facts
    facts={[
      [texts.to, state.masked],
      [texts.until, state.life === 'expired' ? texts.expired : texts.untilTime(state.until)],
      [texts.delivery, <span data-delivery>{state.delivery}</span>],
    ]}
  />
);

/** Screen 3: what was sent, where, until when, and every way on. */
export const Waiting = ({ all, state }: { all: Catalog; state: WaitingState }) => {
  const texts = all.mailAddress.waiting;
  const another = state.purpose === 'register' ? anotherAddressPath() : changeAddressPath();
  const isOpen = state.life === 'open' && !state.refused;
  // Once no code is taken any more there is no field to lead to.
  const problem = isOpen ? state.codeProblem : null;
  const problems = problem === null ? [] : [{ field: 'code', message: problem }];
  const again = (
    <form method="post" action={sendAgainPath()}>
      <button class={isOpen ? 'button button--secondary' : 'button'} type="submit">
        {texts.again}
      </button>
    </form>
  );
  const elsewhere = (
    <a class={state.refused ? 'button' : 'button button--secondary'} href={another}>
      {texts.another}
    </a>
  );
  return (
    <div
      class="stack"
      data-waiting={isOpen ? waitingStatePath() : undefined}
      data-confirmed={texts.confirmedNow}
    >
      <ErrorSummary title={all.frame.errorSummary} problems={problems} />
      {state.asked ? <p class="notice">{texts.notYet}</p> : null}
      {state.folded ? <p class="notice">{texts.folded}</p> : null}
      {state.sendProblem === null ? null : <p class="notice">{state.sendProblem}</p>}
      {!isOpen && state.codeProblem !== null ? <p class="notice">{state.codeProblem}</p> : null}
      {state.life === 'void' ? <p class="notice">{texts.void}</p> : null}
      {state.life === 'cancelled' ? <p class="notice">{texts.cancelled}</p> : null}
      <p>
        {texts.sent}
        <br />
        {texts.access}
      </p>
      <RequestFacts texts={texts} state={state} />
      <p class="visually-hidden" role="status" data-announce />
      {isOpen ? (
        <p>
          <a class="button" href={`${waitingPath()}?asked=1`}>
            {texts.confirmed}
          </a>
        </p>
      ) : null}
      {isOpen ? <CodeForm texts={texts} typed={state.codeTyped} problem={problem} /> : null}
      <section class="note" aria-labelledby="missing">
        <h2 id="missing">{texts.missingTitle}</h2>
        <MissingMail texts={all.mailAddress} />
        <p>{texts.expiry}</p>
      </section>
      <div class="actions">
        {state.life === 'cancelled' ? null : again}
        {elsewhere}
      </div>
    </div>
  );
};
