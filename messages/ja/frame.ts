export const frame = {
  service: '証明書発行サービス',
  skipToContent: '本文へ進む',
  language: '表示言語',
  changeLanguage: '切り替える',
  menu: 'メニュー',
  footer: {
    inquiries: 'お問い合わせ',
    manual: '操作マニュアル',
    browsers: '動作確認済みの環境',
    accessibility: 'アクセシビリティ',
    terms: '利用規約',
    privacy: 'プライバシー',
    commercial: '特定商取引法に基づく表記',
    verification: '証明書の真正性確認',
  },
  step: (now: number, of: number, name: string) => `${of}段階中 ${now}：${name}`,
  errorSummary: '入力内容をご確認ください',
};
