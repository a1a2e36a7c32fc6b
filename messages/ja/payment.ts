export const payment = {
  title: 'お支払い',
  orderNumber: '申込番号',
  amount: 'お支払い金額',
  deadline: 'お支払い期限',
  until: (time: string) => `${time} まで`,
  afterDeadline: '期限を過ぎると申込は取り消されます。',
  method: 'お支払い方法',
  chooseMethod: 'お支払い方法を選んでください。',
  methods: {
    card: 'クレジットカード',
    storeCash: 'コンビニ払い',
    qrWallet: 'コード決済',
  },
  hints: {
    card: 'カード番号は決済会社のページで入力します。大学には伝わりません。',
    storeCash: (deadline: string) =>
      `番号を受け取り、店舗で現金で支払います。支払期限は ${deadline} です。入金の確認後に証明書を発行します。返金は銀行振込になります。`,
    qrWallet: 'スマートフォンの決済アプリで支払います。',
  },
  pay: (amount: string) => `${amount}を支払う`,
  continueTitle: '決済会社のページへ進みます',
  continueLead: 'お支払いは決済会社のページで行います。終わるとこのサービスに戻ります。',
  continueCash: '決済会社のページで支払番号を受け取ります。番号はこのサービスにも表示されます。',
  continueLink: '決済ページへ進む',
  slip: {
    title: 'コンビニでのお支払い',
    lead: 'お好きな店舗を1つ選び、番号を使って現金でお支払いください。',
    number: '支払番号',
    confirmation: '確認番号',
    paidAlready:
      'お支払いがこのサービスに伝わるまで、数分かかることがあります。届くとメールでお知らせします。',
    other: 'ほかの支払い方法にする',
    otherNote: 'ほかの方法に変えると、この番号は使えなくなります。',
  },
  notPayable: 'この申込はお支払いできません',
  notPayableLead:
    '期限を過ぎたか、取り消された申込です。すでに支払われたお金は失われません。申込の状態をご確認ください。',
  late: '期限後のご入金を確認しています',
  lateLead: (amount: string) =>
    `${amount}のご入金が、期限後または取り消し後に届きました。お金は失われません。担当者が、このまま発行するか返金するかを決め、メールでお知らせします。もう一度支払う必要はありません。`,
  refunding: '返金の手続き中です',
  refundingLead: 'この申込のお金はお返しします。完了するとメールでお知らせします。',
  toOrder: '申込を見る',
  waiting: 'お支払いを確認しています',
  waitingLead: '決済会社に確認しています。この画面は自動で更新されます。閉じてもお支払いは失われません。',
  away: '決済会社に接続できません',
  awayLead:
    '今の操作では、お支払いは行われていません。申込は下の期限までそのまま残ります。数分後に、もう一度お試しください。この画面を閉じても、「申込一覧」からいつでも続けられます。',
  tryAgain: 'もう一度試す',
  checkAgain: 'もう一度確認する',
  backToPayment: 'お支払い方法に戻る',
  mail: {
    inquiries: 'ご不明な点は、申込番号を添えてお問い合わせください。',
    slip: {
      subject: (number: string, deadline: string) => `コンビニでのお支払い: ${deadline} まで(${number})`,
      lead: (amount: string, deadline: string) =>
        `${amount}を ${deadline} までにコンビニでお支払いください。支払番号と店舗での手順は、次のページでご覧になれます。`,
    },
    late: {
      subject: (number: string, _deadline: string) => `期限後のご入金を確認しています(${number})`,
      lead: (amount: string, deadline: string) =>
        `${amount}のご入金が、期限(${deadline})の後、または取り消しの後に届きました。お金は失われません。担当者が、このまま発行するか返金するかを決め、メールでお知らせします。もう一度支払う必要はありません。`,
    },
    lateAccepted: {
      subject: (number: string, _deadline: string) => `ご入金を受け付けました(${number})`,
      lead: (amount: string, _deadline: string) =>
        `${amount}のご入金を受け付けました。証明書の準備を始めます。準備ができるとメールでお知らせします。`,
    },
    notIssued: {
      subject: (number: string, _deadline: string) => `発行できない証明書の返金(${number})`,
      lead: (amount: string, _deadline: string) =>
        `発行できない証明書があったため、${amount}をお返しします。手続きは必要ありません。詳しくは申込のページをご覧ください。`,
    },
    refundBegun: {
      subject: (number: string, _deadline: string) => `返金の手続きを始めました(${number})`,
      lead: (amount: string, _deadline: string) =>
        `${amount}をお返しします。手続きは必要ありません。完了するとメールでお知らせします。`,
    },
    refundByHand: {
      subject: (number: string, _deadline: string) => `銀行振込での返金(${number})`,
      lead: (amount: string, _deadline: string) =>
        `${amount}は、お支払いになった方法ではお返しできないため、銀行振込でお返しします。担当者から振込先をお尋ねします。このメールに口座番号を返信しないでください。`,
    },
    refunded: {
      subject: (number: string, _deadline: string) => `返金しました(${number})`,
      lead: (amount: string, _deadline: string) =>
        `${amount}をお返ししました。カード会社や銀行の都合で、お手元に届くまで日数がかかることがあります。`,
    },
  },
};
