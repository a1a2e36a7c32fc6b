import { corrections } from './ja/corrections.ts';
import { delivery } from './ja/delivery.ts';
import { errors } from './ja/errors.ts';
import { frame } from './ja/frame.ts';
import { heldLines } from './ja/held-lines.ts';
import { information } from './ja/information.ts';
import { mailAddress } from './ja/mail-address.ts';
import { manual } from './ja/manual.ts';
import { names } from './ja/names.ts';
import { ordering } from './ja/ordering.ts';
import { payment } from './ja/payment.ts';
import { printing } from './ja/printing.ts';
import { signIn } from './ja/sign-in.ts';
import { terms } from './ja/terms.ts';
import { verification } from './ja/verification.ts';

/** The source catalogue. A key that another language lacks does not compile. */
export const ja = {
  corrections,
  delivery,
  errors,
  frame,
  heldLines,
  information,
  payment,
  mailAddress,
  manual,
  printing,
  names,
  ordering,
  signIn,
  terms,
  verification,
};
