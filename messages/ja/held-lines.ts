/** What became of a line that was not made at once: asked to confirm, or not issued. */
export const heldLines = {
  title: '確認が必要です',
  held: '申込のあとで学籍の登録内容が変わりました。次の内容でよいか確認してください。',
  confirmBy: (deadline: string) => `${deadline} までに確認がないときは発行せず、全額を返金します。`,
  others: 'ほかの証明書の手続きはそのまま進みます。',
  facts: { name: '氏名', 'birth-date': '生年月日', programme: '所属', status: '学籍の状態' },
  statusChanged: '学籍の状態(在籍・休学・卒業など)が変わりました。',
  before: '申込時',
  now: '現在の登録',
  compare: '変わった内容',
  item: '項目',
  confirm: 'この内容で発行する',
  decline: '発行をやめて返金を受ける',
  refusedTitle: '発行できませんでした',
  because: (reason: string) => `理由: ${reason}`,
  refunded: 'この証明書の手数料は全額を返金します。お手続きは不要です。',
  refusals: {
    'not-in-register': '学籍の登録が見つかりません。',
    'not-offered': 'この証明書の発行は現在取り扱っていません。',
    'not-confirmed': '期限までに内容の確認がありませんでした。',
    declined: '発行をやめる手続きをしました。',
    other: '発行の条件を満たさなくなりました。詳しくはお問い合わせください。',
  },
  halted: '現在、証明書の発行を一時停止しています。申込はそのまま保存され、再開後に自動で発行します。',
  orderNumber: '申込番号',
  mail: {
    heldSubject: (title: string) => `【要確認】${title}の記載内容が変わりました`,
    held: (title: string) =>
      `${title}は、申込のあとで学籍の登録内容が変わったため、発行を保留しています。下のページで内容を確認してください。`,
    refusedSubject: (title: string) => `${title}は発行できませんでした(返金します)`,
    refused: (title: string) => `申し込まれた${title}は、発行前の確認で発行できないことが分かりました。`,
  },
};
