export const delivery = {
  titleIn: {
    ja: (title: string) => `${title}(日本語)`,
    en: (title: string) => `${title}(英語)`,
  },
  links: {
    unknown: {
      title: 'このリンクは使えません',
      body: 'リンクが途中で切れていないか、メールのリンク全体をもう一度ご確認ください。',
    },
    replaced: {
      title: '新しいリンクがあります',
      body: '申請者が新しいリンクを送り直したため、このリンクは使えなくなりました。いちばん新しいメールのリンクを開いてください。',
    },
    recalled: {
      title: '送付が取り消されました',
      body: '申請者がこの送付を取り消しました。証明書が必要なときは、申請者にお尋ねください。',
    },
    expired: {
      title: '閲覧期限が過ぎました',
      body: '期限が過ぎたため、証明書のファイルは削除されました。証明書が必要なときは、申請者にもう一度の送付をご依頼ください。',
    },
    withdrawn: {
      title: '証明書は取り消されました',
      body: '大学がこの証明書を取り消したため、ダウンロードできません。詳しくは下のお問い合わせ先へご連絡ください。',
    },
  },
  page: {
    title: '証明書のお届け',
    lead: (university: string, applicant: string) =>
      `${university}は、${applicant}さんの申請により、次の証明書をお届けします。`,
    from: '発行者',
    applicant: '申請者',
    to: 'お届け先',
    reference: '整理番号',
    certificates: '証明書',
    until: '閲覧期限',
    untilText: (time: string) => `${time} まで。過ぎるとファイルは削除されます。`,
    open: '証明書を表示する',
    openHint: '表示すると、申請者に開封の日時が伝わります。',
    codeNeeded: (address: string) =>
      `この証明書は、確認コードを入力すると表示されます。コードは ${address} へメールで送ります。`,
    askCode: '確認コードを送る',
    askCodeAgain: '新しい確認コードを送る',
    codeMailed: '確認コードをメールで送りました。30分以内に入力してください。',
    code: '確認コード',
    codeHint: 'メールに書かれた6桁の数字です。',
    enter: '入力して証明書を表示する',
    wrong: (left: number) => `確認コードが違います。あと${left}回入力できます。`,
    noTries: '確認コードを5回間違えたため、このコードは使えなくなりました。新しいコードを送ってください。',
    noCode: 'この確認コードは使えません。新しいコードを送ってください。',
    tooMany: '確認コードを送れる回数を超えました。1時間ほどたってから、もう一度お試しください。',
    errorField: '確認コード: ',
    documents: 'ダウンロード',
    download: (title: string) => `ダウンロード: ${title}`,
    downloadAll: (count: number) => `${count}通をまとめてダウンロード(ZIP)`,
    downloaded: (time: string) => `${time} にダウンロードされました`,
    withdrawn: (count: number) => `大学が取り消した証明書が${count}通あり、表示していません。`,
    extendTitle: '期限の延長',
    extendHint: (until: string) => `1回だけ、${until} まで延長できます。`,
    extend: '閲覧期限を延長する',
    extended: '閲覧期限は延長されています。もう一度延長することはできません。',
    check: '真正性の確認',
    checkText:
      'PDFには大学の電子署名があり、各ページのQRコードからも確認できます。確認のページで、PDFファイルまたは番号を調べられます。',
    checkLink: '証明書を確認する',
    mistaken: 'お心当たりがないときは、何もせずにこのページを閉じてください。',
  },
  section: {
    title: '提出先への送付状況',
    sentAt: '送付',
    openedAt: '開封',
    downloadedAt: 'ダウンロード',
    downloaded: (title: string, time: string) => `${title} (ダウンロード ${time})`,
    recalledAt: '取消し',
    until: '閲覧期限',
    extended: '(提出先が延長)',
    notYet: 'まだ',
    states: {
      sent: '送付済み',
      opened: '開封済み',
      downloaded: 'ダウンロード済み',
      expired: '期限切れ',
      recalled: '取消し済み',
    },
    bounced: 'メールが届きませんでした。アドレスを確かめて、送り直してください。',
    code: '確認コードを使います',
    recall: '送付を取り消す',
    resend: '新しいリンクを送る',
    correct: 'アドレスを直して送り直す',
    documents: 'この送付の証明書',
    copies: '本人控',
    copiesHint:
      '全ページに「本人控」と表示した、手元に残すための写しです。QRコードと電子署名はなく、証明書としては使えません。',
    copy: (title: string) => `本人控をダウンロード: ${title}`,
  },
  recall: {
    title: (organisation: string) => `${organisation} への送付の取消し`,
    lead: '取り消すと、相手に送ったリンクはすぐに使えなくなります。開封されたあとは取り消せません。',
    after:
      'あとでアドレスを直して送り直せます。すべての送付を取り消したときは、申込の取消しと返金もできます。',
    keep: '取り消さずに戻る',
    recall: '送付を取り消す',
  },
  resend: {
    title: (organisation: string) => `${organisation} へ新しいリンクを送る`,
    lead: '新しいリンクをメールで送ります。これまでのリンクは使えなくなります。閲覧期限は変わりません。',
    fixed: (address: string) => `すでに開封されているため、同じアドレス(${address})へ送ります。`,
    mail: '提出先のメールアドレス',
    again: 'メールアドレス(確認用)',
    send: '新しいリンクを送る',
    back: '申込の詳細へ戻る',
    left: (count: number) => `あと${count}回送れます。`,
    problems: {
      missing: '入力してください。',
      mail: 'name@example.com のような形で入力してください。',
      'mail-differs': '2つのメールアドレスが異なります。',
    },
  },
  mail: {
    subject: (applicant: string, reference: string, certificate: string, university: string) =>
      `${applicant} ${reference} ${certificate}(${university})`,
    and: (title: string, more: number) => `${title} ほか${more}通`,
    dear: (names: readonly string[]) => `${names.join(' ')} 御中`,
    lead: (university: string, applicant: string) =>
      `${university}から、${applicant}さんの証明書をお届けします。次のページでダウンロードできます。`,
    list: (lines: readonly string[]) => `証明書:\n${lines.map((line) => `・${line}`).join('\n')}`,
    reference: (reference: string) => `整理番号: ${reference}`,
    until: (time: string) => `閲覧期限: ${time}(1回だけ延長できます)`,
    code: 'ページを開くときに、このアドレスへ送る確認コードが必要です。',
    check: 'PDFには大学の電子署名があります。各ページのQRコードからも真正性を確認できます。',
    mistaken: (orderNumber: string) =>
      `お心当たりがないときは、このメールを破棄してください。(申込番号 ${orderNumber})`,
    codeSubject: (university: string) => `確認コード(${university} 証明書)`,
    codeText: (code: string, time: string) => `確認コード: ${code}\n${time} まで使えます。`,
    codeIgnore: '証明書のページでコードを求めていないときは、このメールを破棄してください。',
  },
  news: {
    order: (number: string) => `申込番号: ${number}`,
    where: '開封・ダウンロードの日時、取消し、送り直しは、申込の詳細画面でご確認ください。',
    sent: {
      subject: '証明書を提出先へ送りました',
      text: (until: string) =>
        `証明書を提出先へメールで送りました。提出先は ${until} までダウンロードできます。`,
    },
    bounced: {
      subject: (organisation: string) => `${organisation} へのメールが届きませんでした`,
      text: (organisation: string, address: string) =>
        `${organisation}(${address})へのメールが届かずに戻りました。アドレスを直して送り直すか、送付を取り消してください。`,
    },
    waiting: {
      subject: (organisation: string) => `${organisation} の閲覧期限が近づいています`,
      text: (organisation: string, until: string) =>
        `${organisation} は、まだすべての証明書をダウンロードしていません。期限は ${until} です。提出先にお知らせください。`,
    },
    expired: {
      subject: (organisation: string) => `${organisation} の閲覧期限が過ぎました`,
      text: (organisation: string) =>
        `${organisation} の閲覧期限が過ぎ、証明書のファイルは削除されました。必要なときは、もう一度お申し込みください。`,
    },
  },
};
