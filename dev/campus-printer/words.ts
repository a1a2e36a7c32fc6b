export type PrinterLanguage = 'ja' | 'en';

const ja = {
  language: 'English',
  printers: '学内印刷機',
  waiting: '印刷を待っているもの',
  nothingWaits: '何も届いていません。',
  pin: '暗証番号',
  print: '印刷する',
  tray: '排紙トレイ',
  empty: '用紙はありません。',
  sheet: (n: number) => `${n}枚目を大きく見る`,
  take: '用紙を取る',
  room: '印刷機の内部(故障の切替)',
  trouble: '印刷機の状態',
  set: '切り替える',
  troubles: {
    none: '正常',
    jam: '1枚目で紙づまり',
    'no-paper': '用紙切れ',
    busy: '使用中で受け付けない',
    off: '電源が切れている',
  },
  messages: {
    '': '',
    wrong: '暗証番号が違います。もう一度入力してください。',
    nothing: '印刷を待っているものはありません。',
    printing: '印刷しています。',
    jam: '紙づまりです。係員をお呼びください。',
  },
};

const en: typeof ja = {
  language: '日本語',
  printers: 'Campus printers',
  waiting: 'Waiting to be printed',
  nothingWaits: 'Nothing has arrived.',
  pin: 'PIN',
  print: 'Print',
  tray: 'Output tray',
  empty: 'There are no sheets.',
  sheet: (n) => `Enlarge sheet ${n}`,
  take: 'Take the sheets',
  room: 'Inside the printer (faults)',
  trouble: 'State of the printer',
  set: 'Switch',
  troubles: {
    none: 'in order',
    jam: 'paper jam at the first sheet',
    'no-paper': 'no paper',
    busy: 'busy, takes nothing',
    off: 'switched off',
  },
  messages: {
    '': '',
    wrong: 'Wrong PIN. Please type it again.',
    nothing: 'Nothing is waiting to be printed.',
    printing: 'Printing.',
    jam: 'Paper jam. Please call the staff.',
  },
};

export const WORDS = { ja, en };
