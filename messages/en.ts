import type { Catalog } from './catalog.ts';
import { corrections } from './en/corrections.ts';
import { delivery } from './en/delivery.ts';
import { errors } from './en/errors.ts';
import { frame } from './en/frame.ts';
import { heldLines } from './en/held-lines.ts';
import { information } from './en/information.ts';
import { mailAddress } from './en/mail-address.ts';
import { manual } from './en/manual.ts';
import { names } from './en/names.ts';
import { ordering } from './en/ordering.ts';
import { payment } from './en/payment.ts';
import { printing } from './en/printing.ts';
import { signIn } from './en/sign-in.ts';
import { terms } from './en/terms.ts';
import { verification } from './en/verification.ts';

export const en = {
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
} satisfies Catalog;
