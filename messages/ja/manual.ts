export const manual = {
  contents: '目次',
  search: 'マニュアルを検索',
  hint: '例: メールアドレス、印刷',
  button: '検索する',
  found: (count: number, query: string) => `「${query}」は${count}件見つかりました。`,
  none: (query: string) => `「${query}」は見つかりませんでした。短い言葉に変えるか、目次からお探しください。`,
  all: 'マニュアル全体を表示する',
};
