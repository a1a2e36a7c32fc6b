import { marked } from 'marked';
import type { Contact } from '#domain/university/contact.ts';
import type { LegalPage, Retention } from '#domain/university/university.ts';
import type { Catalog } from '#messages/catalog.ts';
import { formatDate } from '#platform/i18n/format.ts';
import type { Language } from '#platform/i18n/language.ts';
import { configuredLanguage, nameIn } from '#platform/i18n/language.ts';
import { DataTable } from '#ui/components/data-table.tsx';
import { BROWSER_CHECKS } from '../browser-checks.ts';

type Reader = { readonly texts: Catalog; readonly language: Language };

export const InquiriesPage = ({ texts, language, contacts }: Reader & { contacts: readonly Contact[] }) => {
  const { inquiries } = texts.information;
  return (
    <div class="stack">
      {contacts.map((contact) => (
        <section key={contact.code} class="card">
          <h2>{nameIn(contact, language)}</h2>
          <p>{contact.answers[configuredLanguage(language)]}</p>
          <dl class="facts">
            <div>
              <dt>{inquiries.telephone}</dt>
              <dd>
                <a class="footer__telephone" href={`tel:${contact.telephone}`}>
                  {contact.telephone}
                </a>
              </dd>
            </div>
            <div>
              <dt>{inquiries.hours}</dt>
              <dd>{contact.hours[configuredLanguage(language)]}</dd>
            </div>
            {contact.mail === null ? null : (
              <div>
                <dt>{inquiries.mail}</dt>
                <dd>
                  <a href={`mailto:${contact.mail}`}>{contact.mail}</a>
                </dd>
              </div>
            )}
          </dl>
        </section>
      ))}
    </div>
  );
};

const DEVICES = ['computer', 'phone'] as const;

/** The manual's table (1.1) with the date each was last tried, and its four starred notes. */
export const BrowsersPage = ({ texts, language }: Reader) => {
  const { browsers } = texts.information;
  return (
    <div class="stack">
      <table>
        <caption class="visually-hidden">{browsers.title}</caption>
        <thead>
          <tr>
            <th scope="col">{browsers.supported}</th>
            <th scope="col">{browsers.tested}</th>
          </tr>
        </thead>
        {DEVICES.map((device) => (
          <tbody key={device}>
            <tr>
              <th scope="rowgroup" colSpan={2}>
                {browsers[device]}
              </th>
            </tr>
            {BROWSER_CHECKS.filter((check) => check.device === device).map((check) => (
              <tr key={check.browser}>
                <td>{check.browser}</td>
                <td>
                  {check.testedOn === null ? browsers.untested : formatDate(check.testedOn, language)}
                  {check.testedOn === null ? null : <small> ({check.engine})</small>}
                </td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      <ul class="plain-list stack">
        {browsers.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </div>
  );
};

type LegalProps = Reader & { readonly page: LegalPage; readonly retention: readonly Retention[] };

/** Legal Markdown is the university's own configuration, so its HTML is trusted; then how long what is kept. */
export const LegalText = ({ texts, language, page, retention }: LegalProps) => (
  <div class="stack">
    <p>{texts.information.version(page.version)}</p>
    <div
      class="stack"
      lang={configuredLanguage(language)}
      dangerouslySetInnerHTML={{
        __html: marked.parse(page.markdown[configuredLanguage(language)], { async: false }),
      }}
    />
    {retention.length === 0 ? null : (
      <DataTable
        caption={texts.information.retention.title}
        columns={[{ label: texts.information.retention.data }, { label: texts.information.retention.period }]}
        rows={retention.map(({ data, period }) => [
          data[configuredLanguage(language)],
          period[configuredLanguage(language)],
        ])}
      />
    )}
  </div>
);
