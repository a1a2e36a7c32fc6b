import type { Widen } from '../catalog.ts';
import type { heldLines as source } from '../ja/held-lines.ts';

export const heldLines = {
  title: '확인해 주세요',
  held: '신청한 후 학적 내용이 바뀌었습니다. 다음 내용이 맞는지 확인해 주세요.',
  confirmBy: (deadline) => `${deadline}까지 확인하지 않으면 발급하지 않고 전액 환불합니다.`,
  others: '다른 증명서는 그대로 진행됩니다.',
  facts: { name: '성명', 'birth-date': '생년월일', programme: '소속', status: '학적 상태' },
  statusChanged: '학적 상태(재학, 휴학, 졸업 등)가 바뀌었습니다.',
  before: '신청할 때',
  now: '현재 학적',
  compare: '바뀐 내용',
  item: '항목',
  confirm: '이 내용으로 발급',
  decline: '발급하지 않고 환불',
  refusedTitle: '발급하지 않음',
  because: (reason) => `이유: ${reason}`,
  refunded: '이 증명서의 수수료는 전액 환불됩니다. 별도 절차는 필요 없습니다.',
  notCharged: '이 증명서는 청구되지 않습니다.',
  refusals: {
    'not-in-register': '학적에 해당하는 기록이 없습니다.',
    'not-offered': '현재 이 증명서는 발급하지 않습니다.',
    'not-confirmed': '기한까지 내용이 확인되지 않았습니다.',
    'unprintable-name': '성명에 바르게 인쇄할 수 없는 문자가 있습니다.',
    'made-by-hand': '이 서비스로는 성명의 문자를 인쇄할 수 없어 담당 부서에서 직접 만듭니다.',
    declined: '발급하지 않기로 선택했습니다.',
    other: '발급 조건을 더 이상 충족하지 않습니다. 자세한 내용은 문의해 주세요.',
  },
  halted: '현재 발급을 일시 중지하고 있습니다. 신청은 보관되며 재개되면 자동으로 진행됩니다.',
  orderNumber: '신청 번호',
  mail: {
    heldSubject: (title) => `확인해 주세요: ${title}의 내용이 바뀌었습니다`,
    held: (title) =>
      `신청한 후 학적이 바뀌어 ${title} 발급을 보류하고 있습니다. 다음 페이지에서 확인해 주세요.`,
    refusedSubject: (title) => `${title}을(를) 발급할 수 없습니다 (환불)`,
    refused: (title) => `발급 전에 다시 확인한 결과 ${title}을(를) 발급할 수 없습니다.`,
  },
} satisfies Widen<typeof source>;
