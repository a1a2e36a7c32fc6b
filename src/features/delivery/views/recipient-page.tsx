import { formatInstant } from '#platform/i18n/format.ts';
import { configuredLanguage } from '#platform/i18n/language.ts';
import { Button } from '#ui/components/button.tsx';
import { Facts } from '#ui/components/facts.tsx';
import { formatEnd } from '../format-end.ts';
import { downloadPath, extendPath, openPath } from '../paths.ts';
import { CodeForm } from './code-form.tsx';
import { documentTitle } from './document-title.ts';
import type { RecipientProps } from './recipient-props.ts';

/** Who sends what to whom until when; then, once it is opened, the files. */
export const RecipientPage = (props: RecipientProps) => {
  const { texts, language, documents, universityName, shown, delivery } = props;
  return (
    <div class="stack">
      {delivery.asksCode && !shown ? <CodeForm {...props} /> : null}
      <p>{texts.lead(universityName, documents[0]?.personName[configuredLanguage(language)] ?? '')}</p>
      <Sending {...props} />
      {delivery.asksCode || shown ? null : (
        <form method="post" action={openPath(props.token)} class="stack">
          <p class="quiet">{texts.openHint}</p>
          <div class="actions">
            <Button>{texts.open}</Button>
          </div>
        </form>
      )}
      {shown ? <Files {...props} /> : null}
      <section class="stack" aria-labelledby="check">
        <h2 id="check">{texts.check}</h2>
        <p>{texts.checkText}</p>
        <p>
          <a href={props.verificationPath}>{texts.checkLink}</a>
        </p>
      </section>
      <p class="quiet">{texts.mistaken}</p>
    </div>
  );
};

const Sending = ({ texts, language, delivery, documents, universityName, withdrawn }: RecipientProps) => {
  const { organisation, department, person, reference, linkUntil } = delivery;
  const facts = [
    [texts.from, universityName],
    [texts.applicant, documents[0]?.personName[configuredLanguage(language)] ?? ''],
    [texts.to, [organisation, department, person].filter((name) => name !== '').join(' ')],
    ...(reference === '' ? [] : [[texts.reference, reference] as const]),
    [texts.until, texts.untilText(formatEnd(linkUntil, language))],
  ] as const;
  return (
    <>
      <Facts facts={facts} />
      <h2>{texts.certificates}</h2>
      <ul>
        {documents.map((one) => (
          <li key={one.position}>{documentTitle(one, language)}</li>
        ))}
      </ul>
      {withdrawn === 0 ? null : <p>{texts.withdrawn(withdrawn)}</p>}
    </>
  );
};

const Files = (props: RecipientProps) => {
  const { texts, language, token, documents, extendUntil } = props;
  return (
    <>
      <section class="card stack" aria-labelledby="files">
        <h2 id="files">{texts.documents}</h2>
        <form method="post" action={downloadPath(token)} class="stack">
          {documents.length === 1 ? null : (
            <div class="actions">
              <Button name="document" value="all">
                {texts.downloadAll(documents.length)}
              </Button>
            </div>
          )}
          {documents.map((one) => (
            <div class="stack" key={one.position}>
              <div class="actions">
                <Button
                  kind={documents.length === 1 ? 'primary' : 'secondary'}
                  name="document"
                  value={`${one.position}`}
                >
                  {texts.download(documentTitle(one, language))}
                </Button>
              </div>
              <p class="quiet">
                {one.fileName}
                {one.downloadedAt === null ? null : <br />}
                {one.downloadedAt === null
                  ? null
                  : texts.downloaded(formatInstant(one.downloadedAt, language))}
              </p>
            </div>
          ))}
        </form>
      </section>
      <section class="stack" aria-labelledby="extend">
        <h2 id="extend">{texts.extendTitle}</h2>
        {extendUntil === null ? (
          <p>{texts.extended}</p>
        ) : (
          <form method="post" action={extendPath(token)} class="stack">
            <p>{texts.extendHint(formatEnd(extendUntil, language))}</p>
            <div class="actions">
              <Button kind="secondary">{texts.extend}</Button>
            </div>
          </form>
        )}
      </section>
    </>
  );
};
