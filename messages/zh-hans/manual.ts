import type { Widen } from '../catalog.ts';
import type { manual as source } from '../ja/manual.ts';

export const manual = {
  contents: '目录',
  search: '搜索手册',
  hint: '例如:mail address、print(手册为英文)',
  button: '搜索',
  found: (count, query) => `找到 ${count} 节与“${query}”有关的内容。`,
  none: (query) => `没有找到“${query}”。请换一个较短的词,或查看目录。`,
  all: '显示整本手册',
} satisfies Widen<typeof source>;
