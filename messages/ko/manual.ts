import type { Widen } from '../catalog.ts';
import type { manual as source } from '../ja/manual.ts';

export const manual = {
  contents: '목차',
  search: '안내서 검색',
  hint: '예: mail address, print (안내서는 영어입니다)',
  button: '검색',
  found: (count, query) => `“${query}”에 관한 절을 ${count}개 찾았습니다.`,
  none: (query) => `“${query}”을(를) 찾지 못했습니다. 더 짧은 말로 검색하거나 목차를 확인해 주세요.`,
  all: '안내서 전체 보기',
} satisfies Widen<typeof source>;
