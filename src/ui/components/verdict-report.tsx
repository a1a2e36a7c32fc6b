import { describeClaims, describeRows } from '#domain/seal/describe-claims.ts';
import type { Verdict, VerdictWord } from '#domain/seal/judge-seal.ts';
import type { LogFinding } from '#domain/transparency/check-logged.ts';
import type { Catalog } from '#messages/catalog.ts';
import type { Templates } from '#messages/templates.ts';
import { fill } from '#messages/templates.ts';
import type { ReaderDates } from '../reader-dates.ts';
import { Facts } from './facts.tsx';

export type VerdictTexts = Templates<Catalog['verification']>;

/** What one check found, and when. Instants are ISO. */
export type VerdictFinding = {
  readonly verdict: Verdict;
  /** What the transparency log says; null where it was not asked. */
  readonly log: LogFinding | null;
  /** Of a signed file: its pages, and the instant by which it provably existed; null for a sheet. */
  readonly pdf: { readonly pages: number; readonly existedAt: string | null } | null;
  readonly checkedAt: string;
  /** When the status list was fetched; null where it could not be. */
  readonly statusAt: string | null;
  /** The check code of the seal, so that a printed result names what was checked. */
  readonly checkCode: string | null;
};

type Props = VerdictFinding & {
  readonly texts: VerdictTexts;
  /** The host of the page that checked. */
  readonly host: string;
  readonly dates: ReaderDates;
  /** Titles of certificate types by code, in the reader's language. */
  readonly titles: Readonly<Record<string, string>>;
};

/** The words in both languages of the sheet, whatever the page's own. */
const WORDS: Record<VerdictWord, readonly [ja: string, en: string]> = {
  valid: ['有効', 'Valid'],
  void: ['無効', 'Void'],
  superseded: ['差替え済み', 'Superseded'],
  altered: ['内容不一致(改変のおそれ)', 'Altered'],
  'cannot-tell': ['確認できません', 'Cannot tell'],
};

/** A shape for each word, so that no verdict rests on colour. */
const SHAPES: Record<VerdictWord, string> = {
  valid: 'M24 4a20 20 0 1 1 0 40a20 20 0 1 1 0-40M14 25l7 7 13-15',
  void: 'M24 4a20 20 0 1 1 0 40a20 20 0 1 1 0-40M10 10l28 28',
  superseded: 'M8 6h22l10 10v26H8zM30 6v10h10M16 30l6 6 10-14',
  altered: 'M24 4l21 38H3zM24 17v12M24 34v3',
  'cannot-tell': 'M24 4a20 20 0 1 1 0 40a20 20 0 1 1 0-40M18 18a6 6 0 1 1 8 6q-2 1-2 5M24 34v3',
};

const VerdictHead = ({ verdict, texts }: Pick<Props, 'verdict' | 'texts'>) => {
  const { word } = verdict;
  const own = texts.words[word];
  const others = WORDS[word].filter((text) => text !== own);
  return (
    <header class="verdict" data-verdict={word}>
      <svg class="verdict__shape" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
        <path d={SHAPES[word]} />
      </svg>
      <h2 class="verdict__word" id="verdict" tabIndex={-1}>
        {own}
        <small lang={own === WORDS[word][0] ? 'en' : 'ja'}>{others.join(' / ')}</small>
      </h2>
      {word === 'valid' ? (
        <span class="verdict__mark" aria-hidden="true">
          証
        </span>
      ) : null}
    </header>
  );
};

const Reasons = ({ verdict, texts, dates }: Props) => {
  const { withdrawal, otherHost } = verdict;
  const reasons: Readonly<Record<string, string>> = texts.withdrawal;
  return (
    <div class="verdict__reasons">
      <p>{texts.reasons[verdict.reason]}</p>
      {otherHost === null ? null : <p class="verdict__host">{fill(texts.otherHost, otherHost)}</p>}
      {withdrawal === null ? null : (
        <p>
          {reasons[withdrawal.reason] ?? texts.withdrawal.other}{' '}
          {fill(texts.withdrawal.since, dates.instant(withdrawal.since))}
        </p>
      )}
    </div>
  );
};

const MustSay = ({ verdict, texts, dates, titles }: Props) => {
  const { claims } = verdict;
  if (claims === null) return null;
  const endings: Readonly<Record<string, string>> = texts.endings;
  const lines = describeClaims(claims, { date: dates.date, title: (type) => titles[type] ?? type });
  return (
    <section aria-labelledby="must-say">
      <h3 id="must-say">{texts.mustSay}</h3>
      <p>{texts.mustSayLead}</p>
      <Facts
        facts={lines.map(({ label, value }) => [
          texts.claims[label],
          label === 'ended' ? (endings[value] ?? value) : value,
        ])}
      />
    </section>
  );
};

const Rows = ({ verdict, texts }: Pick<Props, 'verdict' | 'texts'>) => {
  const rows = verdict.claims === null ? [] : describeRows(verdict.claims);
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="rows">
      <h3 id="rows">{texts.rows.title}</h3>
      <p>{texts.rows.lead}</p>
      <ol class="sealed-rows" aria-label={texts.rows.title}>
        {rows.map(({ number, credits, grade }) => (
          <li key={number}>
            <span class="sealed-rows__number">
              <span class="visually-hidden">{texts.rows.number} </span>
              {number}
            </span>
            <span>
              <span class="visually-hidden">{texts.rows.credits} </span>
              {credits}
            </span>
            <strong>
              <span class="visually-hidden">{texts.rows.grade} </span>
              {grade}
            </strong>
          </li>
        ))}
      </ol>
    </section>
  );
};

const Check = ({ ok, name, children }: { ok: boolean; name: string; children: string }) => (
  <li data-ok={ok}>
    <span aria-hidden="true">{ok ? '✓' : '–'}</span>
    <span>
      <strong>{name}</strong> {children}
    </span>
  </li>
);

const LogCheck = ({ log, texts: { how }, dates }: Pick<Props, 'log' | 'texts' | 'dates'>) => {
  if (log?.state !== 'logged')
    return (
      <Check ok={false} name={how.log}>
        {log === null || log.state === 'unreachable'
          ? how.logUnchecked
          : log.state === 'not-yet'
            ? how.logNotYet
            : how.logMissing}
      </Check>
    );
  return (
    <Check ok name={how.log}>
      {log.at === null ? how.logYes : fill(how.logSeen, dates.instant(new Date(log.at * 1000).toISOString()))}
    </Check>
  );
};

const PdfCheck = ({ pdf, texts: { how }, dates }: Pick<Props, 'pdf' | 'texts' | 'dates'>) =>
  pdf === null ? null : (
    <Check ok name={how.pdf}>
      {pdf.existedAt === null ? how.pdfYes : fill(how.pdfSince, dates.instant(pdf.existedAt))}
    </Check>
  );

const HowWeKnow = ({ verdict, texts, dates, statusAt, log, pdf }: Props) => {
  if (verdict.claims === null && verdict.word !== 'altered') return null;
  const { how } = texts;
  const signed = verdict.claims !== null;
  return (
    <section aria-labelledby="how">
      <h3 id="how">{how.title}</h3>
      <ul class="checks">
        <Check ok={signed} name={how.signature}>
          {signed ? how.signatureYes : how.signatureNo}
        </Check>
        <PdfCheck pdf={pdf} texts={texts} dates={dates} />
        {signed ? (
          <Check ok={statusAt !== null} name={how.status}>
            {statusAt === null ? how.statusNo : fill(how.statusYes, dates.instant(statusAt))}
          </Check>
        ) : null}
        {signed ? <LogCheck log={log} texts={texts} dates={dates} /> : null}
      </ul>
    </section>
  );
};

/** A verdict as a page says it: the word, why, what the sheet must say, how we know. Rendered on the server and in browsers. */
export const VerdictReport = (props: Props) => {
  const { verdict, texts, host, dates, checkedAt, checkCode } = props;
  return (
    <article class="verdict-report stack">
      <VerdictHead verdict={verdict} texts={texts} />
      <Reasons {...props} />
      {verdict.word === 'valid' && verdict.claims !== null ? (
        <p class="verdict__as-of">{fill(texts.asOf, dates.date(verdict.claims.issueDate))}</p>
      ) : null}
      <MustSay {...props} />
      <Rows verdict={verdict} texts={texts} />
      <HowWeKnow {...props} />
      <p class="verdict__checked">
        {fill(texts.checkedAt, dates.instant(checkedAt))}
        <br />
        {fill(texts.checkedWith, host)}
        {checkCode === null ? null : (
          <>
            <br />
            {fill(texts.fingerprint, checkCode)}
          </>
        )}
      </p>
    </article>
  );
};
