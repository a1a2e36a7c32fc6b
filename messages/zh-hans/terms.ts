import type { Widen } from '../catalog.ts';
import type { terms as source } from '../ja/terms.ts';

export const terms = {
  title: '使用条款',
  lead: '使用本服务前,请阅读使用条款。',
  changed: '使用条款已修订,请重新阅读。',
  version: (version) => `版本:${version}`,
  agree: '我同意使用条款',
  mustAgree: '使用本服务须同意使用条款。',
  next: '同意并继续',
} satisfies Widen<typeof source>;
