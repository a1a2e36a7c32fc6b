import type { Catalog } from '#messages/messages.ts';
import { statusListPath, verificationPath } from '../paths.ts';
import type { VerificationDependencies } from '../routes.tsx';

export type TypedCheck = { readonly serial: string; readonly checkCode: string } & (
  | { readonly state: 'empty' | 'unknown' | 'tooMany' }
  | { readonly state: 'found'; readonly url: string }
);

type Texts = Catalog['verification'];

/** A JSON block for the page's script; `<` is escaped so that no text in it can end the block. */
const DataBlock = ({ value }: { value: unknown }) => (
  <script
    type="application/json"
    id="verification-data"
    dangerouslySetInnerHTML={{ __html: JSON.stringify(value).replaceAll('<', '\\u003c') }}
  />
);

export const VerificationPage = (props: {
  texts: Texts;
  dependencies: VerificationDependencies;
  typed: TypedCheck;
}) => {
  const { texts, dependencies, typed } = props;
  const { host, universityName, sealKeys } = dependencies;
  return (
    <div class="verification stack">
      <p>{texts.lead}</p>
      <p class="verification__host">{texts.host(host.split('/')[0] ?? host)}</p>
      <noscript>
        <p class="note">{texts.needsScript}</p>
      </noscript>
      <section aria-live="polite">
        <p id="verdict" class="verdict" />
        <p id="why" />
        <table>
          <tbody id="claims" />
        </table>
      </section>
      <DataBlock
        value={{
          host,
          universityNames: universityName,
          sealKeys,
          statusUrl: statusListPath(),
          messages: texts.reasons,
        }}
      />
      <TypedForm texts={texts} typed={typed} />
      <p>{texts.asOf}</p>
    </div>
  );
};

const TypedForm = ({ texts, typed }: { texts: Texts; typed: TypedCheck }) => (
  <section class="stack" aria-labelledby="typed">
    <h2 id="typed">{texts.typed.title}</h2>
    <p>{texts.typed.lead}</p>
    {typed.state === 'unknown' || typed.state === 'tooMany' ? (
      <p class="field__error" role="alert" id="typed-error">
        {texts.typed[typed.state]}
      </p>
    ) : null}
    {typed.state === 'found' ? (
      <p class="stack" role="status">
        {texts.typed.found}{' '}
        <a class="button" href={typed.url}>
          {texts.typed.open}
        </a>
      </p>
    ) : null}
    <form method="post" action={verificationPath()} class="stack">
      <CodeField name="serial" label={texts.typed.serial} value={typed.serial} />
      <CodeField name="checkCode" label={texts.typed.checkCode} value={typed.checkCode} />
      <button type="submit" class="button button--secondary">
        {texts.typed.button}
      </button>
    </form>
  </section>
);

const CodeField = ({ name, label, value }: { name: string; label: string; value: string }) => (
  <p class="field">
    <label class="field__label" for={name}>
      {label}
    </label>
    <input
      class="field__input"
      id={name}
      name={name}
      value={value}
      required
      maxLength={60}
      autocomplete="off"
      spellcheck={false}
    />
  </p>
);
