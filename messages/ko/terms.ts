import type { Widen } from '../catalog.ts';
import type { terms as source } from '../ja/terms.ts';

export const terms = {
  title: '이용 약관',
  lead: '이 서비스를 이용하기 전에 이용 약관을 읽어 주세요.',
  changed: '이용 약관이 변경되었습니다. 다시 읽어 주세요.',
  version: (version) => `버전: ${version}`,
  agree: '이용 약관에 동의합니다',
  mustAgree: '이 서비스를 이용하려면 이용 약관에 동의해야 합니다.',
  next: '동의하고 계속',
} satisfies Widen<typeof source>;
