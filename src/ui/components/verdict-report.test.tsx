import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import type { Verdict, VerdictReason, VerdictWord } from '#domain/seal/judge-seal.ts';
import { messagesFor } from '#messages/messages.ts';
import { templatesOf } from '#messages/templates.ts';
import { LANGUAGES } from '#platform/i18n/language.ts';
import { readerDates } from '../reader-dates.ts';
import { VerdictReport } from './verdict-report.tsx';

const SHEET_WORDS: Readonly<Record<VerdictWord, readonly string[]>> = {
  valid: ['有効', 'Valid'],
  void: ['無効', 'Void'],
  superseded: ['差替え済み', 'Superseded'],
  altered: ['内容不一致(改変のおそれ)', 'Altered'],
  'cannot-tell': ['確認できません', 'Cannot tell'],
};

const WORD_OF: Readonly<Record<VerdictReason, VerdictWord>> = {
  signed: 'valid',
  withdrawn: 'void',
  replaced: 'superseded',
  signature: 'altered',
  'pdf-changed': 'altered',
  'pdf-other-issuer': 'cannot-tell',
  'pdf-unsigned': 'cannot-tell',
  damaged: 'cannot-tell',
  'unknown-key': 'cannot-tell',
  'other-host': 'cannot-tell',
  'not-a-seal': 'cannot-tell',
  'not-logged': 'cannot-tell',
};
const SINCE = '2026-11-26T05:00:00Z';
const WITHDRAWALS = ['reprinted', 'corrected', 'issued-in-error', 'requested', 'never-released', 'other'];

/** What letters a language has that the other three lack. */
const SCRIPTS: Readonly<Record<keyof typeof LANGUAGES, RegExp>> = {
  ja: /[ぁ-んァ-ン]/,
  en: /^[^぀-ヿ一-鿿가-힣]+$/,
  'zh-Hans': /^[^ぁ-んァ-ン가-힣]*[一-鿿][^ぁ-んァ-ン가-힣]*$/,
  ko: /[가-힣]/,
};

for (const language of Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[]) {
  const texts = templatesOf(messagesFor(language).verification);
  const reasonsOn = (reason: VerdictReason, withdrawal: string | null): string => {
    const verdict: Verdict = {
      word: WORD_OF[reason],
      reason,
      claims: null,
      statusChecked: false,
      otherHost: reason === 'other-host' ? 'look-alike.example' : null,
      withdrawal: withdrawal === null ? null : { reason: withdrawal, since: SINCE },
    };
    const html = renderToString(
      <VerdictReport
        verdict={verdict}
        log={null}
        pdf={null}
        checkedAt={SINCE}
        statusAt={null}
        checkCode={null}
        texts={texts}
        host="verify.example"
        dates={readerDates(language)}
        titles={{}}
      />,
    );
    for (const word of SHEET_WORDS[verdict.word])
      assert.ok(html.includes(word), `${reason}: ${word} is missing, as the sheet has it`);
    const [, reasons = ''] = /<div class="verdict__reasons">(.*?)<\/div>/.exec(html) ?? [];
    return reasons.replaceAll(/<[^>]+>/g, ' ').trim();
  };

  test(`every verdict says why, each in its own words (${language})`, () => {
    const said = new Map<string, string>();
    const listen = (name: string, text: string): void => {
      assert.match(text, SCRIPTS[language], name);
      assert.equal(said.get(text), undefined, `${name} says the same`);
      said.set(text, name);
    };
    for (const reason of Object.keys(WORD_OF) as VerdictReason[]) listen(reason, reasonsOn(reason, null));
    for (const withdrawal of WITHDRAWALS) {
      for (const reason of ['withdrawn', 'replaced'] as const) {
        const text = reasonsOn(reason, withdrawal);
        listen(`${reason} ${withdrawal}`, text);
        assert.ok(text.includes(readerDates(language).instant(SINCE)), 'since when');
      }
    }
    assert.ok(reasonsOn('other-host', null).includes('look-alike.example'));
    assert.equal(
      reasonsOn('withdrawn', 'a reason of years to come'),
      reasonsOn('withdrawn', 'other'),
      'a reason that this page does not know sends the reader to the university',
    );
  });
}
