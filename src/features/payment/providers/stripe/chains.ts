import type { Bilingual } from '#domain/bilingual.ts';
import type { CashChain } from '../provider.ts';

const AT_THE_TILL = {
  ja: '出てきた申込券をレジへ持って行き、30分以内に現金で支払う',
  en: 'Take the printed slip to the till and pay in cash within 30 minutes',
};
const typed = (choice: Bilingual): CashChain['steps'] => [
  choice,
  { ja: '支払番号と確認番号を入力する', en: 'Type the payment number and the confirmation number' },
  AT_THE_TILL,
];

/** The chains of Stripe's `konbini` method, by the names of `konbini_display_details.stores`. */
export const STRIPE_CHAINS: readonly CashChain[] = [
  {
    code: 'familymart',
    name: { ja: 'ファミリーマート', en: 'FamilyMart' },
    steps: typed({
      ja: 'マルチコピー機で「代金支払い・チャージ」を選ぶ',
      en: 'At the multi-copier, choose "代金支払い・チャージ" (payments)',
    }),
  },
  {
    code: 'lawson',
    name: { ja: 'ローソン', en: 'Lawson' },
    steps: typed({
      ja: 'Loppiで「各種番号をお持ちの方」を選ぶ',
      en: 'At the Loppi terminal, choose "各種番号をお持ちの方" (I have a number)',
    }),
  },
  {
    code: 'ministop',
    name: { ja: 'ミニストップ', en: 'Ministop' },
    steps: typed({
      ja: 'MINISTOP Loppiで「各種番号をお持ちの方」を選ぶ',
      en: 'At the Loppi terminal, choose "各種番号をお持ちの方" (I have a number)',
    }),
  },
  {
    code: 'seicomart',
    name: { ja: 'セイコーマート', en: 'Seicomart' },
    steps: typed({
      ja: '店内の端末で「インターネット受付」を選ぶ',
      en: 'At the terminal, choose "インターネット受付" (internet payments)',
    }),
  },
];
