import { marked } from 'marked';
import type { LegalPage } from '#domain/university/university.ts';
import type { Catalog } from '#messages/catalog.ts';
import type { Language } from '#platform/i18n/language.ts';
import { configuredLanguage } from '#platform/i18n/language.ts';
import { Button } from '#ui/components/button.tsx';
import { ChoiceCard } from '#ui/components/choice-card.tsx';
import { ErrorSummary } from '#ui/components/error-summary.tsx';
import { termsPath } from '../paths.ts';

type Props = {
  texts: Catalog;
  language: Language;
  terms: LegalPage;
  returnTo: string;
  problem: boolean;
  changed: boolean;
};

/** The terms themselves, then the question. Legal Markdown is the university's own, so its HTML is trusted. */
export const TermsPage = ({ texts: all, language, terms, returnTo, problem, changed }: Props) => {
  const texts = all.terms;
  return (
    <div class="stack">
      <ErrorSummary
        title={all.frame.errorSummary}
        problems={problem ? [{ field: 'agree', message: texts.mustAgree }] : []}
      />
      <p>{changed ? texts.changed : texts.lead}</p>
      <section
        class="card stack legal-text"
        lang={configuredLanguage(language)}
        aria-label={terms.title[configuredLanguage(language)]}
        dangerouslySetInnerHTML={{
          __html: marked.parse(terms.markdown[configuredLanguage(language)], { async: false }),
        }}
      />
      <p>
        {texts.version(terms.version)} <a href="/legal/privacy">{all.frame.footer.privacy}</a>
      </p>
      <form method="post" action={termsPath()} class="stack">
        <input type="hidden" name="return" value={returnTo} />
        {problem ? (
          <p class="field__error" id="agree-error">
            {texts.mustAgree}
          </p>
        ) : null}
        <ChoiceCard
          type="checkbox"
          id="agree"
          name="agree"
          value={terms.version}
          title={texts.agree}
          describedBy={problem ? 'agree-error' : undefined}
        />
        <div class="actions">
          <Button>{texts.next}</Button>
        </div>
      </form>
    </div>
  );
};
