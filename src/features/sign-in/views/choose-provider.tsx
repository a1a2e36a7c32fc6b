import type { Catalog } from '#messages/catalog.ts';
import type { Language } from '#platform/i18n/language.ts';
import { configuredLanguage } from '#platform/i18n/language.ts';
import type { ProviderChoice } from '../begin-sign-in.ts';
import { signInPath } from '../paths.ts';

/** Where a university has several sign-ins: one link for each. */
export const ChooseProvider = ({
  texts,
  language,
  choices,
  returnTo,
}: {
  texts: Catalog['signIn']['choose'];
  language: Language;
  choices: readonly ProviderChoice[];
  returnTo: string;
}) => (
  <div class="stack">
    <p>{texts.explanation}</p>
    <ul class="stack plain-list">
      {choices.map(({ entityId, displayName }) => (
        <li key={entityId}>
          <a class="button button--secondary" href={signInPath({ provider: entityId, returnTo })}>
            {displayName[configuredLanguage(language)]}
          </a>
        </li>
      ))}
    </ul>
  </div>
);
