/** A name with a character that no font of the service can print. */
export const names = {
  title: '氏名の文字の確認が必要です',
  which: (glyphs: readonly string[]) =>
    `次の文字は、このサービスの書体では正しく印刷できません: ${glyphs.join('、')}。別の字に置き換えて印刷することはありません。`,
  before:
    'このまま申し込めます。見本では、その文字を〓で示しています。担当者が文字を確認し、印刷できるようになってからお支払いをお願いします。今は料金はかかりません。',
  next: '担当者が文字を確認しています。印刷できるようになりましたら、メールでお知らせします。お支払いはそのあとです。今は料金はかかりません。',
  until: (deadline: string) => `${deadline} までに確認の結果をお知らせします。`,
  ask: (name: string, telephone: string) => `お問い合わせ: ${name} ${telephone}`,
  because: (reason: string) => `担当者から: ${reason}`,
  submit: '文字の確認を申し込む(今は無料)',
  orderNumber: (number: string) => `申込番号 ${number}`,
  steps: {
    pay: (deadline: string) => `${deadline} までにお支払いください。`,
    free: '料金はかかりません。証明書の準備を始めました。',
    nothingLeft: '申込はこれで終わりです。料金はかかりません。',
  },
  mail: {
    subject: {
      waiting: '氏名の文字を確認しています(お支払いはまだ必要ありません)',
      approve: '氏名の文字が印刷できるようになりました',
      'by-hand': '証明書は窓口で作成します',
      reject: '氏名の文字を印刷できないため、発行できない証明書があります',
    },
    approve: '氏名の文字を正しく印刷できるようになりました。申込の手続きを続けます。',
    'by-hand':
      '氏名の文字をこのサービスでは印刷できないため、その証明書は担当者が窓口で作成します。申込からは除きました。受け取り方は担当者の案内をご覧ください。',
    reject: '氏名の文字を正しく印刷できないため、その証明書を申込から除きました。',
  },
};
