import type { Widen } from '../catalog.ts';
import type { names as source } from '../ja/names.ts';

export const names = {
  title: '성명에 확인이 필요한 문자가 있습니다',
  which: (glyphs) =>
    `이 서비스의 글꼴로는 다음 문자를 바르게 인쇄할 수 없습니다: ${glyphs.join(', ')}. 다른 문자로 바꾸어 인쇄하지 않습니다.`,
  before:
    '그대로 신청할 수 있으며 견본에는 〓로 표시됩니다. 담당자가 문자를 확인하고, 인쇄할 수 있게 된 후에 결제합니다. 지금은 청구되지 않습니다.',
  next: '담당자가 문자를 확인하고 있습니다. 인쇄할 수 있게 되면 메일로 알려 드리며 그때 결제합니다. 지금은 청구되지 않습니다.',
  until: (deadline) => `${deadline}까지 알려 드립니다.`,
  ask: (name, telephone) => `문의: ${name} ${telephone}`,
  because: (reason) => `담당 부서의 설명: ${reason}`,
  submit: '확인 요청(지금은 결제하지 않음)',
  orderNumber: (number) => `신청 번호 ${number}`,
  steps: {
    pay: (deadline) => `${deadline}까지 결제해 주세요.`,
    free: '결제할 금액이 없으며 증명서를 준비하고 있습니다.',
    nothingLeft: '이 신청은 종료되었으며 청구되지 않습니다.',
  },
  mail: {
    subject: {
      waiting: '성명의 문자를 확인하고 있습니다 (지금은 결제하지 않음)',
      approve: '성명을 인쇄할 수 있게 되었습니다',
      'by-hand': '증명서를 담당 부서에서 직접 만듭니다',
      reject: '성명의 문자 때문에 증명서 한 부를 발급할 수 없습니다',
    },
    approve: '성명의 모든 문자를 바르게 인쇄할 수 있게 되어 신청이 계속됩니다.',
    'by-hand':
      '이 서비스로는 성명의 문자를 인쇄할 수 없어 그 증명서는 담당 부서에서 직접 만들며 신청에서 제외되었습니다. 받는 방법은 담당 부서에서 알려 드립니다.',
    reject: '성명의 문자를 바르게 인쇄할 수 없어 그 증명서는 신청에서 제외되었습니다.',
  },
} satisfies Widen<typeof source>;
