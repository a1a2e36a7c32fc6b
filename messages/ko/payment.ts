import type { Widen } from '../catalog.ts';
import type { payment as source } from '../ja/payment.ts';

export const payment = {
  title: '결제',
  orderNumber: '신청 번호',
  amount: '결제 금액',
  deadline: '결제 기한',
  until: (time) => `${time}까지`,
  afterDeadline: '기한이 지나면 신청이 취소됩니다.',
  method: '결제 방법',
  chooseMethod: '결제 방법을 선택해 주세요.',
  methods: { card: '신용카드', storeCash: '편의점 결제', qrWallet: 'QR 코드 결제' },
  hints: {
    card: '카드 번호는 결제 회사의 페이지에서 입력합니다. 대학은 카드 번호를 볼 수 없습니다.',
    storeCash: (deadline) =>
      `번호를 받아 ${deadline}까지 편의점에서 현금으로 결제합니다. 입금이 확인된 후 증명서가 발급됩니다. 환불은 은행 계좌로 합니다.`,
    qrWallet: '스마트폰의 결제 앱으로 결제합니다.',
  },
  pay: (amount) => `${amount} 결제`,
  continueTitle: '결제 회사 페이지로',
  continueLead: '결제 회사의 페이지에서 결제한 후 이곳으로 돌아옵니다.',
  continueCash: '결제 번호는 결제 회사의 페이지에 표시되며 여기에도 표시됩니다.',
  continueLink: '결제 계속',
  slip: {
    title: '편의점 결제',
    lead: '아래 편의점 중 한 곳을 골라 해당 번호로 현금 결제해 주세요.',
    number: '결제 번호',
    confirmation: '확인 번호',
    paidAlready: '결제가 확인되기까지 몇 분 걸릴 수 있습니다. 확인되면 메일로 알려 드립니다.',
    other: '다른 결제 방법 사용',
    otherNote: '결제 방법을 바꾸면 이 번호는 사용할 수 없습니다.',
  },
  notPayable: '이 신청은 결제할 수 없습니다',
  notPayableLead:
    '기한이 지났거나 취소되었습니다. 이미 결제한 금액은 없어지지 않습니다. 신청 상태를 확인해 주세요.',
  late: '기한이 지난 결제를 확인하고 있습니다',
  lateLead: (amount) =>
    `${amount}이(가) 기한이 지난 후 또는 신청이 취소된 후에 입금되었습니다. 금액은 없어지지 않습니다. 담당자가 증명서를 발급할지 환불할지 결정하여 메일로 알려 드립니다. 다시 결제할 필요는 없습니다.`,
  refunding: '환불하고 있습니다',
  refundingLead: '이 신청의 금액을 환불합니다. 환불되면 메일로 알려 드립니다.',
  toOrder: '신청 보기',
  waiting: '결제를 확인하고 있습니다',
  waitingLead:
    '결제 회사에 확인하고 있습니다. 이 페이지는 자동으로 갱신됩니다. 닫아도 결제는 없어지지 않습니다.',
  away: '결제 회사에 연결할 수 없습니다',
  awayLead:
    '방금은 결제되지 않았습니다. 신청은 아래 기한까지 그대로 유지됩니다. 몇 분 후에 다시 시도해 주십시오. 이 화면을 닫아도 나중에 신청 목록에서 계속할 수 있습니다.',
  tryAgain: '다시 시도',
  checkAgain: '다시 확인',
  backToPayment: '결제 방법으로 돌아가기',
  mail: {
    inquiries: '궁금한 점이 있으면 신청 번호를 알려 주고 문의해 주세요.',
    slip: {
      subject: (number, deadline) => `${deadline}까지 편의점에서 결제해 주세요 (${number})`,
      lead: (amount, deadline) =>
        `${deadline}까지 편의점에서 ${amount}을(를) 결제해 주세요. 결제 번호와 편의점별 방법은 이 페이지에 있습니다.`,
    },
    late: {
      subject: (number) => `기한이 지난 결제를 확인하고 있습니다 (${number})`,
      lead: (amount, deadline) =>
        `${amount}이(가) 기한(${deadline})이 지난 후 또는 신청이 취소된 후에 입금되었습니다. 금액은 없어지지 않습니다. 담당자가 증명서를 발급할지 환불할지 결정하여 메일로 알려 드립니다. 다시 결제할 필요는 없습니다.`,
    },
    lateAccepted: {
      subject: (number) => `결제가 접수되었습니다 (${number})`,
      lead: (amount) =>
        `결제한 ${amount}을(를) 접수하여 증명서를 준비하고 있습니다. 준비되면 메일로 알려 드립니다.`,
    },
    notIssued: {
      subject: (number) => `발급할 수 없는 증명서의 환불 (${number})`,
      lead: (amount) =>
        `신청한 증명서 중 하나를 발급할 수 없어 ${amount}을(를) 환불합니다. 별도 절차는 필요 없습니다. 자세한 내용은 신청 페이지에 있습니다.`,
    },
    refundBegun: {
      subject: (number) => `환불을 시작했습니다 (${number})`,
      lead: (amount) =>
        `${amount}을(를) 환불합니다. 별도 절차는 필요 없습니다. 환불되면 메일로 알려 드립니다.`,
    },
    refundByHand: {
      subject: (number) => `은행 송금으로 환불합니다 (${number})`,
      lead: (amount) =>
        `${amount}을(를) 결제한 방법으로 환불할 수 없어 은행으로 송금합니다. 은행 계좌는 따로 여쭙겠습니다. 이 메일에 계좌 번호를 적어 답장하지 마세요.`,
    },
    refunded: {
      subject: (number) => `환불했습니다 (${number})`,
      lead: (amount) =>
        `${amount}을(를) 환불했습니다. 카드 회사나 은행에 따라 도착까지 며칠 걸릴 수 있습니다.`,
    },
  },
} satisfies Widen<typeof source>;
