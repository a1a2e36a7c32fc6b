import type { Widen } from '../catalog.ts';
import type { payment as source } from '../ja/payment.ts';

export const payment = {
  title: 'Payment',
  orderNumber: 'Order number',
  amount: 'Amount to pay',
  deadline: 'Pay by',
  until: (time) => `until ${time}`,
  afterDeadline: 'After that the order is cancelled.',
  method: 'Payment method',
  chooseMethod: 'Choose a payment method.',
  methods: {
    card: 'Credit card',
    storeCash: 'Pay at a store',
    qrWallet: 'QR payment',
  },
  hints: {
    card: 'You type the card number on the payment company’s page. The university never sees it.',
    storeCash: (deadline) =>
      `You get a number and pay cash at a convenience store by ${deadline}. Certificates are issued after the money has arrived. Refunds go to a bank account.`,
    qrWallet: 'You pay with a payment app on your phone.',
  },
  pay: (amount) => `Pay ${amount}`,
  continueTitle: 'Continue to the payment company',
  continueLead: 'You pay on the payment company’s page. Afterwards you come back here.',
  continueCash: 'You get your payment numbers on the payment company’s page. They are shown here as well.',
  continueLink: 'Continue to payment',
  slip: {
    title: 'Pay at a store',
    lead: 'Choose any one of these stores and pay cash with its number.',
    number: 'Payment number',
    confirmation: 'Confirmation number',
    paidAlready: 'It can take some minutes until your payment reaches us. We send you a mail when it has.',
    other: 'Use another payment method',
    otherNote: 'These numbers stop working when you change the method.',
  },
  notPayable: 'This order cannot be paid',
  notPayableLead:
    'Its deadline has passed, or it was cancelled. Money that was already paid is not lost. Please look at the state of the order.',
  late: 'We are checking a late payment',
  lateLead: (amount) =>
    `${amount} reached us after the deadline, or after the order was cancelled. The money is not lost. A person decides whether to issue your certificates or to return it, and we send you a mail. You need not pay again.`,
  refunding: 'Your money is being returned',
  refundingLead: 'The money of this order goes back to you. We send you a mail when it has been sent.',
  toOrder: 'See the order',
  waiting: 'We are checking your payment',
  waitingLead:
    'We are asking the payment company. This page renews itself. If you close it, your payment is not lost.',
  away: 'The payment company cannot be reached',
  awayLead:
    'Nothing was paid just now. Your order stays as it is until the time below. Please try again in a few minutes. You can also close this page and go on from “My orders” later.',
  tryAgain: 'Try again',
  checkAgain: 'Check again',
  backToPayment: 'Back to the payment method',
  mail: {
    inquiries: 'If anything is unclear, please contact us with your order number.',
    slip: {
      subject: (number, deadline) => `Pay at a store by ${deadline} (${number})`,
      lead: (amount, deadline) =>
        `Please pay ${amount} at a convenience store by ${deadline}. Your payment numbers and what to do at each store are on this page.`,
    },
    late: {
      subject: (number) => `We are checking a late payment (${number})`,
      lead: (amount, deadline) =>
        `${amount} reached us after the deadline (${deadline}), or after the order was cancelled. The money is not lost. A person decides whether to issue your certificates or to return it, and we send you a mail. You need not pay again.`,
    },
    lateAccepted: {
      subject: (number) => `Your payment was accepted (${number})`,
      lead: (amount) =>
        `We have accepted your payment of ${amount} and are preparing your certificates. We send you a mail when they are ready.`,
    },
    notIssued: {
      subject: (number) => `Refund for a certificate we cannot issue (${number})`,
      lead: (amount) =>
        `A certificate of your order cannot be issued, so ${amount} goes back to you. You need not do anything. Details are on the page of your order.`,
    },
    refundBegun: {
      subject: (number) => `Your refund has begun (${number})`,
      lead: (amount) =>
        `${amount} goes back to you. You need not do anything. We send you a mail when it has been sent.`,
    },
    refundByHand: {
      subject: (number) => `Refund by bank transfer (${number})`,
      lead: (amount) =>
        `${amount} cannot go back the way it came, so we send it by bank transfer. We will ask you for a bank account. Please do not answer this mail with account numbers.`,
    },
    refunded: {
      subject: (number) => `Your money was returned (${number})`,
      lead: (amount) =>
        `${amount} was returned. Depending on your card company or bank it may take some days to reach you.`,
    },
  },
} satisfies Widen<typeof source>;
