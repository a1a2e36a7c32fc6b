import type { Catalog } from './catalog.ts';
import { corrections } from './ko/corrections.ts';
import { delivery } from './ko/delivery.ts';
import { errors } from './ko/errors.ts';
import { frame } from './ko/frame.ts';
import { heldLines } from './ko/held-lines.ts';
import { information } from './ko/information.ts';
import { mailAddress } from './ko/mail-address.ts';
import { manual } from './ko/manual.ts';
import { names } from './ko/names.ts';
import { ordering } from './ko/ordering.ts';
import { payment } from './ko/payment.ts';
import { printing } from './ko/printing.ts';
import { signIn } from './ko/sign-in.ts';
import { terms } from './ko/terms.ts';
import { verification } from './ko/verification.ts';

export const ko = {
  corrections,
  delivery,
  errors,
  frame,
  heldLines,
  information,
  payment,
  mailAddress,
  manual,
  names,
  printing,
  ordering,
  signIn,
  terms,
  verification,
} satisfies Catalog;
