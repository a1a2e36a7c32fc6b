import type { Widen } from '../catalog.ts';
import type { payment as source } from '../ja/payment.ts';

export const payment = {
  title: '付款',
  orderNumber: '申请号',
  amount: '应付金额',
  deadline: '付款期限',
  until: (time) => `到 ${time}`,
  afterDeadline: '逾期申请将被取消。',
  method: '付款方式',
  chooseMethod: '请选择付款方式。',
  methods: { card: '信用卡', storeCash: '便利店付款', qrWallet: '扫码支付' },
  hints: {
    card: '卡号在支付公司的页面输入,大学不会看到卡号。',
    storeCash: (deadline) =>
      `您会得到付款号码,请在 ${deadline} 之前到便利店以现金支付。确认到账后发行证明书。退款将汇入银行账户。`,
    qrWallet: '用手机的支付应用付款。',
  },
  pay: (amount) => `支付 ${amount}`,
  continueTitle: '前往支付公司的页面',
  continueLead: '请在支付公司的页面付款,之后会回到这里。',
  continueCash: '付款号码会在支付公司的页面显示,这里也会显示。',
  continueLink: '继续付款',
  slip: {
    title: '便利店付款',
    lead: '请任选一家便利店,用相应的号码以现金支付。',
    number: '付款号码',
    confirmation: '确认号码',
    paidAlready: '付款可能需要几分钟才会确认。确认后会以邮件通知。',
    other: '改用其他付款方式',
    otherNote: '更改付款方式后,这些号码将失效。',
  },
  notPayable: '此申请不能付款',
  notPayableLead: '已超过期限,或申请已取消。已付的款项不会丢失。请查看申请的状态。',
  late: '正在确认逾期的付款',
  lateLead: (amount) =>
    `${amount} 在期限之后或申请取消之后到账。款项不会丢失。将由负责人决定发行证明书或退款,并以邮件通知您。您不必再次付款。`,
  refunding: '正在退款',
  refundingLead: '此申请的款项将退还给您。退款后会以邮件通知。',
  toOrder: '查看申请',
  waiting: '正在确认付款',
  waitingLead: '正在向支付公司查询。此页面会自动更新。即使关闭页面,付款也不会丢失。',
  away: '无法连接支付公司',
  awayLead: '刚才没有付款。申请会保留到下面的期限。请几分钟后再试。关闭此页面后,也可以以后从申请列表继续。',
  tryAgain: '再试一次',
  checkAgain: '再次确认',
  backToPayment: '返回选择付款方式',
  mail: {
    inquiries: '如有不明之处,请告知申请号并咨询。',
    slip: {
      subject: (number, deadline) => `请在 ${deadline} 之前到便利店付款(${number})`,
      lead: (amount, deadline) =>
        `请在 ${deadline} 之前到便利店支付 ${amount}。付款号码和各店的操作步骤请见此页面。`,
    },
    late: {
      subject: (number) => `正在确认逾期的付款(${number})`,
      lead: (amount, deadline) =>
        `${amount} 在期限(${deadline})之后或申请取消之后到账。款项不会丢失。将由负责人决定发行证明书或退款,并以邮件通知您。您不必再次付款。`,
    },
    lateAccepted: {
      subject: (number) => `您的付款已受理(${number})`,
      lead: (amount) => `已受理您支付的 ${amount},正在准备证明书。备妥后会以邮件通知。`,
    },
    notIssued: {
      subject: (number) => `无法发行的证明书的退款(${number})`,
      lead: (amount) => `申请中有一份证明书无法发行,将退还 ${amount}。您无需办理任何手续。详情请见申请页面。`,
    },
    refundBegun: {
      subject: (number) => `已开始退款(${number})`,
      lead: (amount) => `将退还 ${amount}。您无需办理任何手续。退款后会以邮件通知。`,
    },
    refundByHand: {
      subject: (number) => `以银行转账退款(${number})`,
      lead: (amount) =>
        `${amount} 不能按原付款方式退还,将以银行转账退款。我们会另行询问您的银行账户。请不要在回复邮件中填写账号。`,
    },
    refunded: {
      subject: (number) => `已退款(${number})`,
      lead: (amount) => `已退还 ${amount}。视信用卡公司或银行而定,可能需要几天才会到账。`,
    },
  },
} satisfies Widen<typeof source>;
