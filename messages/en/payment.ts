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
  card: 'Credit card',
  cardHint: 'You type the card number on the payment company’s page. The university never sees it.',
  pay: (amount) => `Pay ${amount}`,
  continueTitle: 'Continue to the payment company',
  continueLead: 'You pay on the payment company’s page. Afterwards you come back here.',
  continueLink: 'Continue to payment',
  notPayable: 'This order cannot be paid',
  notPayableLead:
    'Its deadline has passed, or it was cancelled. Money that was already paid is not lost. Please look at the state of the order.',
  toOrder: 'See the order',
  waiting: 'We are checking your payment',
  waitingLead:
    'We are asking the payment company. This page renews itself. If you close it, your payment is not lost.',
  checkAgain: 'Check again',
  backToPayment: 'Back to the payment method',
} satisfies Widen<typeof source>;
