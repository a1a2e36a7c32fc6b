export const information = {
  retention: { title: '保存期間', data: 'データの種類', period: '保存期間' },
  start: {
    title: '証明書発行サービス',
    lead: (university: string) =>
      `${university}の証明書を、スマートフォンやパソコンで申し込み、コンビニや学内で印刷できます。`,
    notices: 'お知らせ',
    note: 'ご注意',
    noteHeading: '必ずお読みください',
    points: [
      '初めてログインすると、メールアドレスの登録画面が表示されます。',
      'ご自身のアカウントでログインしてください。',
      '共用のパソコンでは、利用後にブラウザのウィンドウをすべて閉じてください。',
    ],
    login: 'ログイン',
    stops: 'メンテナンスと窓口の休業',
    noStops: '予定されているメンテナンスはありません。',
    underWay: '(実施中)',
    officeClosed: '(窓口休業)',
    help: 'ご案内',
  },
  inquiries: { title: 'お問い合わせ', telephone: '電話', hours: '受付時間', mail: 'メール' },
  browsers: {
    title: '動作確認済みの環境',
    supported: '動作確認済みのブラウザ',
    tested: '最終確認日',
    untested: '未確認',
    computer: 'パソコン',
    phone: 'スマートフォンなど',
    notes: [
      '※動作確認の結果であり、動作を保証するものではありません。',
      '※機種やブラウザにより、画像が正しく表示されないことがあります。',
      '※動作確認は、実施日時点の最新版で行っています。',
      '※利用規約に定める環境や上記以外の端末でも利用できることがありますが、動作は保証しません。画面の一部が表示されない、または正しく動作しないことがあります。',
    ],
  },
  version: (version: string) => `版：${version}`,
};
