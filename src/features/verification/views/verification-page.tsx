import { logPath } from '#features/transparency-log/index.ts';
import type { Catalog } from '#messages/catalog.ts';
import { templatesOf } from '#messages/templates.ts';
import type { Language } from '#platform/i18n/language.ts';
import type { VerdictFinding } from '#ui/components/verdict-report.tsx';
import { VerdictReport } from '#ui/components/verdict-report.tsx';
import { readerDates } from '#ui/reader-dates.ts';
import type { PublishedKeys, VerificationDependencies } from '../dependencies.ts';
import { offlineWorkerPath, recordsPath, statusListPath, verificationPath } from '../paths.ts';

export type TypedCheck = { readonly serial: string; readonly checkCode: string } & (
  | { readonly state: 'empty' | 'missing' | 'unknown' | 'tooMany' }
  | { readonly state: 'found'; readonly finding: VerdictFinding }
);

type Texts = Catalog['verification'];

type Props = {
  readonly texts: Texts;
  readonly language: Language;
  readonly dependencies: VerificationDependencies;
  readonly keys: PublishedKeys;
  readonly recordPrefix: number;
  readonly typed: TypedCheck;
};

const titlesOf = ({ certificateTypes }: VerificationDependencies, language: Language) =>
  Object.fromEntries(
    certificateTypes.map(({ code, titleJa, titleEn }) => [code, language === 'ja' ? titleJa : titleEn]),
  );

/** A JSON block for the page's script; `<` is escaped so that no text in it can end the block. */
const DataBlock = ({ value }: { value: unknown }) => (
  <script
    type="application/json"
    id="verification-data"
    dangerouslySetInnerHTML={{ __html: JSON.stringify(value).replaceAll('<', '\\u003c') }}
  />
);

export const VerificationPage = ({ texts, language, dependencies, keys, recordPrefix, typed }: Props) => {
  const { host } = dependencies;
  const titles = titlesOf(dependencies, language);
  const templates = templatesOf(texts);
  return (
    <div class="verification stack">
      <section id="result" class="stack" aria-live="polite" hidden={typed.state !== 'found'}>
        <div id="report">
          {typed.state === 'found' ? (
            <VerdictReport
              {...typed.finding}
              texts={templates}
              host={host}
              dates={readerDates(language)}
              titles={titles}
            />
          ) : null}
        </div>
        <p class="verdict__actions script-only">
          <button type="button" class="button button--secondary" id="print-result">
            {texts.print}
          </button>
          <button type="button" class="button button--secondary" id="again">
            {texts.again}
          </button>
        </p>
      </section>
      <div id="ask" class="stack" hidden={typed.state === 'found'}>
        <p>{texts.lead}</p>
        <p class="verification__host">{texts.host(host)}</p>
        <noscript>
          <p class="note">{texts.needsScript}</p>
        </noscript>
        <ScanSection texts={texts} />
        <TypedForm texts={texts} typed={typed} />
        <p id="offline-ready" class="verification__offline" role="status" hidden>
          {texts.offlineReady}
        </p>
      </div>
      <DataBlock
        value={{
          host,
          language,
          titles,
          statusUrl: statusListPath(),
          recordsUrl: recordsPath(),
          recordPrefix,
          logUrl: logPath(),
          ...keys,
          workerUrl: offlineWorkerPath(),
          texts: templates,
        }}
      />
    </div>
  );
};

const ScanSection = ({ texts: { scan } }: { texts: Texts }) => (
  <section class="scan stack script-only" aria-labelledby="scan-title">
    <h2 id="scan-title">{scan.title}</h2>
    <video id="camera" class="scan__camera" muted playsInline hidden aria-label={scan.aim} />
    <button type="button" class="button" id="scan-camera">
      {scan.camera}
    </button>
    <p class="field">
      <label class="field__label" for="scan-file">
        {scan.file}
      </label>
      <span class="field__hint" id="scan-file-hint">
        {scan.fileHint}
      </span>
      <input
        type="file"
        id="scan-file"
        class="field__file"
        accept="application/pdf,image/png,image/jpeg"
        aria-describedby="scan-file-hint"
      />
    </p>
    <p id="scan-status" class="scan__status" role="status" />
  </section>
);

const TypedForm = ({ texts, typed }: { texts: Texts; typed: TypedCheck }) => {
  const problem = typed.state === 'empty' || typed.state === 'found' ? '' : texts.typed[typed.state];
  return (
    <section class="stack" aria-labelledby="typed">
      <h2 id="typed">{texts.typed.title}</h2>
      <p>{texts.typed.lead}</p>
      <noscript>
        <p class="note">{texts.typed.withoutScript}</p>
      </noscript>
      <form method="post" action={verificationPath()} id="typed-form" class="stack" noValidate>
        <p class="field__error" role="alert" id="typed-problem">
          {problem}
        </p>
        <CodeField name="serial" label={texts.typed.serial} value={typed.serial} />
        <CodeField name="checkCode" label={texts.typed.checkCode} value={typed.checkCode} />
        <button type="submit" class="button button--secondary">
          {texts.typed.button}
        </button>
      </form>
    </section>
  );
};

const CodeField = ({ name, label, value }: { name: string; label: string; value: string }) => (
  <p class="field">
    <label class="field__label" for={name}>
      {label}
    </label>
    <input
      class="field__input field__input--code"
      id={name}
      name={name}
      value={value}
      required
      maxLength={60}
      autocomplete="off"
      autocapitalize="characters"
      spellcheck={false}
      aria-describedby="typed-problem"
    />
  </p>
);
