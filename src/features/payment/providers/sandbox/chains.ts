import type { CashChain } from '../provider.ts';

/** The chains whose terminals know the sandbox company's numbers. */
export const SANDBOX_CHAINS: readonly CashChain[] = [
  {
    code: 'hinata-mart',
    name: { ja: 'ひなたマート', en: 'Hinata Mart' },
    steps: [
      {
        ja: 'レジで「ネット代金の支払い」と伝える',
        en: 'At the till, say that you want to pay an online bill',
      },
      { ja: '支払番号(13桁)を見せる', en: 'Show the payment number (13 digits)' },
      { ja: '現金で支払い、控えを受け取る', en: 'Pay in cash and keep the receipt' },
    ],
  },
  {
    code: 'potopi-24',
    name: { ja: 'ポトピ24', en: 'Potopi 24' },
    steps: [
      { ja: '店内の端末で「代金支払い」を選ぶ', en: 'At the terminal in the store, choose "Bill payment"' },
      {
        ja: '支払番号(6桁)と確認番号(11桁)を入力する',
        en: 'Type the payment number (6 digits) and the confirmation number (11 digits)',
      },
      {
        ja: '出てきた申込券をレジへ持って行き、30分以内に現金で支払う',
        en: 'Take the printed slip to the till and pay in cash within 30 minutes',
      },
    ],
  },
  {
    code: 'madoka-store',
    name: { ja: 'まどかストア', en: 'Madoka Store' },
    steps: [
      { ja: '店内の端末で「各種支払い」を選ぶ', en: 'At the terminal in the store, choose "Payments"' },
      {
        ja: '支払番号(9桁)と確認番号(4桁)を入力する',
        en: 'Type the payment number (9 digits) and the confirmation number (4 digits)',
      },
      {
        ja: '出てきた申込券をレジへ持って行き、現金で支払う',
        en: 'Take the printed slip to the till and pay in cash',
      },
    ],
  },
];
