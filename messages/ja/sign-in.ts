export const signIn = {
  signedOut: {
    title: 'ログアウトしました',
    body: 'このサービスからログアウトしました。大学の統合認証にはまだログインしたままです。',
    shared: '共用のパソコンでは、ブラウザのウィンドウをすべて閉じてください。',
    again: 'もう一度ログインする',
    start: 'はじめのページへ',
  },
  choose: {
    title: 'ログイン先の選択',
    explanation: 'ふだんお使いの認証システムを選んでください。',
  },
  security: {
    title: 'ログインと安全',
    account: 'ログイン中のアカウント',
    password:
      'パスワードは大学の統合認証のものです。このサービスは保存していません。変更は統合認証で行ってください。',
    sessions: 'ログイン中のブラウザ',
    limits: '30分間操作がないとき、またはログインから8時間たったときは、自動でログアウトします。',
    here: 'このブラウザ',
    unknownBrowser: '不明なブラウザ',
    opened: (time: string) => `ログイン：${time}`,
    seen: (time: string) => `最後の利用：${time}`,
    logOutHere: 'ログアウト',
    logOutThere: (name: string) => `${name} をログアウトする`,
    logOutOthers: 'ほかのブラウザをすべてログアウトする',
  },
  officeMail: {
    subject: '再割当てされたユーザ名でのログインを止めました',
    body: (principalName: string, accountId: string) =>
      `ユーザ名 ${principalName} で、以前と別の方がログインしようとしました。前の方の情報を守るため、ログインを止めています。学籍をご確認ください。アカウント：${accountId}`,
  },
};
