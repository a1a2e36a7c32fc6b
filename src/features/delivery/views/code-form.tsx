import { Button } from '#ui/components/button.tsx';
import { ErrorSummary } from '#ui/components/error-summary.tsx';
import { TextField } from '#ui/components/text-field.tsx';
import { askCodePath, openPath } from '../paths.ts';
import type { RecipientProps } from './recipient-props.ts';

const wordsOf = ({ texts, code: { problem } }: RecipientProps): string | undefined => {
  if (problem === null) return undefined;
  if (problem === 'no-code') return texts.noCode;
  if (problem === 'too-many') return texts.tooMany;
  return problem.left === 0 ? texts.noTries : texts.wrong(problem.left);
};

/** Asks for the code that is mailed to the recipient's address, and takes it. */
export const CodeForm = (props: RecipientProps) => {
  const { texts, token, code, errorSummary } = props;
  const problem = wordsOf(props);
  const field = code.mailed ? 'code' : 'ask-code';
  const summary = problem === undefined ? [] : [{ field, message: `${texts.errorField}${problem}` }];
  return (
    <>
      <ErrorSummary title={errorSummary} problems={summary} />
      <section class="card stack" aria-label={texts.code}>
        {code.mailed ? (
          <>
            <p role="status">{texts.codeMailed}</p>
            <form method="post" action={openPath(token)} class="stack" novalidate>
              <TextField
                name="code"
                label={texts.code}
                hint={texts.codeHint}
                problem={problem}
                value={code.typed}
                inputMode="numeric"
                autocomplete="one-time-code"
                short
              />
              <div class="actions">
                <Button>{texts.enter}</Button>
              </div>
            </form>
          </>
        ) : (
          <p>{problem ?? texts.codeNeeded(code.address)}</p>
        )}
        <form method="post" action={askCodePath(token)} class="actions">
          <Button kind={code.mailed ? 'secondary' : 'primary'} id="ask-code">
            {code.mailed ? texts.askCodeAgain : texts.askCode}
          </Button>
        </form>
      </section>
    </>
  );
};
