import { OwnerField } from '#features/sign-in/index.ts';
import type { Catalog } from '#messages/catalog.ts';
import { Button, LinkButton } from '#ui/components/button.tsx';
import { ErrorSummary } from '#ui/components/error-summary.tsx';
import { TextField } from '#ui/components/text-field.tsx';

export type Problem = { readonly field: 'address' | 'check'; readonly message: string };

export type AddressFormState = {
  readonly purpose: 'register' | 'change';
  readonly accountId: string;
  /** The person signed in again meanwhile, and what they had typed is back. */
  readonly kept: boolean;
  /** The current address, masked; null at the first registration. */
  readonly current: string | null;
  readonly address: string;
  readonly check: string;
  readonly problems: readonly Problem[];
  /** A domain the person was asked about and may insist on. */
  readonly asked: string;
  readonly action: string;
  readonly back: string;
};

const Note = ({ texts }: { texts: Catalog['mailAddress'] }) => (
  <section class="notice" aria-labelledby="note">
    <h2 id="note">{texts.note.title}</h2>
    <p>
      <strong>{texts.note.heading}</strong>
    </p>
    <ul>
      {texts.note.points.map((point) => (
        <li key={point}>{point}</li>
      ))}
    </ul>
    <MissingMail texts={texts} />
  </section>
);

/** The manual's four points for a mail that has not come. */
export const MissingMail = ({ texts }: { texts: Catalog['mailAddress'] }) => (
  <>
    <p>{texts.note.missing}</p>
    <ol>
      {texts.note.checks.map((point) => (
        <li key={point}>{point}</li>
      ))}
    </ol>
  </>
);

/** Screens 2 and 8: Mail address setting, and Change mail address. */
export const AddressForm = ({ all, state }: { all: Catalog; state: AddressFormState }) => {
  const texts = all.mailAddress;
  const labels = state.purpose === 'register' ? texts.setting : texts.change;
  return (
    <div class="stack">
      <ErrorSummary title={all.frame.errorSummary} problems={state.problems} />
      {state.current === null ? null : (
        <dl>
          <dt>{texts.change.current}</dt>
          <dd>{state.current}</dd>
        </dl>
      )}
      {state.kept ? <p class="notice">{texts.kept}</p> : null}
      <form method="post" action={state.action} class="stack" novalidate>
        {(['address', 'check'] as const).map((name) => (
          <TextField
            key={name}
            name={name}
            label={name === 'address' ? labels.address : labels.again}
            hint={name === 'address' ? texts.hintAddress : texts.hintAgain}
            value={state[name]}
            problem={state.problems.find(({ field }) => field === name)?.message}
            inputMode="email"
            autocomplete={name === 'address' ? 'email' : 'off'}
          />
        ))}
        <input type="hidden" name="asked" value={state.asked} />
        <OwnerField accountId={state.accountId} />
        <Note texts={texts} />
        <div class="actions">
          <LinkButton kind="secondary" href={state.back}>
            {texts.back}
          </LinkButton>
          <Button>{texts.check}</Button>
        </div>
      </form>
    </div>
  );
};
