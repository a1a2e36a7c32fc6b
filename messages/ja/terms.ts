export const terms = {
  title: '利用規約の確認',
  lead: 'ご利用の前に、利用規約をお読みください。',
  changed: '利用規約が変わりました。もう一度お読みください。',
  version: (version: string) => `${version} 版`,
  agree: '利用規約に同意します',
  mustAgree: '利用するには、利用規約への同意が必要です。',
  next: '同意して進む',
};
