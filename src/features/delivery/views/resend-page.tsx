import { OwnerField } from '#features/sign-in/index.ts';
import type { Catalog } from '#messages/catalog.ts';
import { Button, LinkButton } from '#ui/components/button.tsx';
import { ErrorSummary } from '#ui/components/error-summary.tsx';
import { TextField } from '#ui/components/text-field.tsx';
import type { AddressProblems, TypedAddress } from '../read-address.ts';

type Props = {
  readonly texts: Catalog['delivery']['resend'];
  readonly errorSummary: string;
  readonly accountId: string;
  readonly action: string;
  readonly back: string;
  readonly typed: TypedAddress;
  readonly problems: AddressProblems;
  /** Null where the address may be corrected; else the one it stays. */
  readonly fixed: string | null;
  readonly left: number;
};

/** A new link; with a corrected address, typed twice, while nothing was opened. */
export const ResendPage = (props: Props) => {
  const { texts, errorSummary, accountId, action, back, typed, problems, fixed, left } = props;
  const problemOf = (field: keyof TypedAddress): string | undefined => {
    const problem = problems.get(field);
    return problem === undefined ? undefined : texts.problems[problem];
  };
  const labels = { mail: texts.mail, again: texts.again };
  const summary = [...problems].map(([field, problem]) => ({
    field,
    message: `${labels[field]}: ${texts.problems[problem]}`,
  }));
  return (
    <form method="post" action={action} class="stack" novalidate>
      <OwnerField accountId={accountId} />
      <ErrorSummary title={errorSummary} problems={summary} />
      <p>{texts.lead}</p>
      {fixed === null ? (
        <>
          <TextField
            name="mail"
            label={texts.mail}
            value={typed.mail}
            problem={problemOf('mail')}
            inputMode="email"
            maxLength={254}
          />
          <TextField
            name="again"
            label={texts.again}
            value={typed.again}
            problem={problemOf('again')}
            inputMode="email"
            maxLength={254}
          />
        </>
      ) : (
        <p>{texts.fixed(fixed)}</p>
      )}
      <p class="quiet">{texts.left(left)}</p>
      <div class="actions">
        <LinkButton kind="secondary" href={back}>
          {texts.back}
        </LinkButton>
        <Button>{texts.send}</Button>
      </div>
    </form>
  );
};
