import { marked } from 'marked';
import type { Contact, LegalPage, Notice } from '#domain/university/university.ts';
import type { Catalog } from '#messages/messages.ts';
import type { Language } from '#platform/i18n/language.ts';
import { LinkButton } from '#ui/components/button.tsx';
import { DataTable } from '#ui/components/data-table.tsx';
import { NoteBox } from '#ui/components/note-box.tsx';

type Reader = { readonly texts: Catalog; readonly language: Language };

export const StartView = ({ texts, language, notices }: Reader & { notices: readonly Notice[] }) => {
  const { start } = texts.information;
  const { footer } = texts.frame;
  return (
    <div class="stack">
      {notices.length === 0 ? null : (
        <section class="stack">
          <h2>{start.notices}</h2>
          {notices.map(({ id, important, title, body }) => (
            <div key={id} class={important ? 'notice' : 'card'}>
              <h3>{title[language]}</h3>
              <p>{body[language]}</p>
            </div>
          ))}
        </section>
      )}
      <NoteBox title={start.note} heading={start.noteHeading}>
        <ul>
          {start.points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      </NoteBox>
      <p class="actions">
        <LinkButton href="/sign-in">{start.login}</LinkButton>
      </p>
      <ul>
        <li>
          <a href="/manual">{footer.manual}</a>
        </li>
        <li>
          <a href="/inquiries">{footer.inquiries}</a>
        </li>
        <li>
          <a href="/verify">{footer.verification}</a>
        </li>
      </ul>
    </div>
  );
};

export const InquiriesView = ({ texts, language, contacts }: Reader & { contacts: readonly Contact[] }) => (
  <div class="stack">
    {contacts.map((contact) => (
      <section key={contact.code} class="card stack">
        <h2>{language === 'ja' ? contact.nameJa : contact.nameEn}</h2>
        <p>{contact.answers[language]}</p>
        <p>
          {texts.information.inquiries.telephone}{' '}
          <a class="footer__telephone" href={`tel:${contact.telephone}`}>
            {contact.telephone}
          </a>
        </p>
        <p>{`${texts.information.inquiries.hours} ${contact.hours[language]}`}</p>
        {contact.mail === null ? null : (
          <p>
            <a href={`mailto:${contact.mail}`}>{contact.mail}</a>
          </p>
        )}
      </section>
    ))}
  </div>
);

/** The manual's table (1.1) and its four starred notes. */
export const BrowsersView = ({ texts }: { texts: Catalog }) => {
  const { browsers } = texts.information;
  return (
    <div class="stack">
      <DataTable
        caption={browsers.title}
        columns={[{ label: browsers.device }, { label: browsers.supported }]}
        rows={[
          [browsers.computer, 'Chrome, Firefox, Safari, Edge'],
          [browsers.phone, 'iPhone: Safari / Android: Chrome'],
        ]}
      />
      {browsers.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  );
};

/** Legal Markdown is the university's own configuration, so its HTML is trusted. */
export const LegalView = ({ texts, language, page }: Reader & { page: LegalPage }) => (
  <div class="stack">
    <p>{texts.information.version(page.version)}</p>
    <div
      class="stack"
      dangerouslySetInnerHTML={{ __html: marked.parse(page.markdown[language], { async: false }) }}
    />
  </div>
);
