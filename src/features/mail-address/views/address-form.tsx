import type { Catalog } from '#messages/messages.ts';

export type Problem = { readonly field: 'address' | 'check'; readonly message: string };

export type AddressFormState = {
  readonly purpose: 'register' | 'change';
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

export const ErrorSummary = ({
  title,
  problems,
}: {
  title: string;
  problems: readonly { field: string; message: string }[];
}) =>
  problems.length === 0 ? null : (
    <div class="error-summary" role="alert" aria-labelledby="error-summary">
      <h2 id="error-summary">{title}</h2>
      <ul>
        {problems.map(({ field, message }) => (
          <li key={field}>
            <a href={`#${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  );

const AddressField = (props: {
  name: 'address' | 'check';
  label: string;
  hint: string;
  value: string;
  problems: readonly Problem[];
}) => {
  const { name } = props;
  const problem = props.problems.find(({ field }) => field === name);
  return (
    <div class="field">
      <label class="field__label" for={name}>
        {props.label}
      </label>
      <p class="field__hint" id={`${name}-hint`}>
        {props.hint}
      </p>
      {problem === undefined ? null : (
        <p class="field__error" id={`${name}-error`}>
          {problem.message}
        </p>
      )}
      {/* Text, not email: the browser would refuse full-width letters before we can fold them. */}
      <input
        class="field__input"
        type="text"
        inputMode="email"
        autocomplete={name === 'address' ? 'email' : 'off'}
        autocapitalize="none"
        spellcheck={false}
        id={name}
        name={name}
        value={props.value}
        aria-describedby={`${name}-hint${problem === undefined ? '' : ` ${name}-error`}`}
        aria-invalid={problem !== undefined}
      />
    </div>
  );
};

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
      <form method="post" action={state.action} class="stack" novalidate>
        <AddressField
          name="address"
          label={labels.address}
          hint={texts.hintAddress}
          value={state.address}
          problems={state.problems}
        />
        <AddressField
          name="check"
          label={labels.again}
          hint={texts.hintAgain}
          value={state.check}
          problems={state.problems}
        />
        <input type="hidden" name="asked" value={state.asked} />
        <Note texts={texts} />
        <div class="actions">
          <a class="button button--secondary" href={state.back}>
            {texts.back}
          </a>
          <button class="button" type="submit">
            {texts.check}
          </button>
        </div>
      </form>
    </div>
  );
};
