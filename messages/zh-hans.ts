import type { Catalog } from './catalog.ts';
import { corrections } from './zh-hans/corrections.ts';
import { delivery } from './zh-hans/delivery.ts';
import { errors } from './zh-hans/errors.ts';
import { frame } from './zh-hans/frame.ts';
import { heldLines } from './zh-hans/held-lines.ts';
import { information } from './zh-hans/information.ts';
import { mailAddress } from './zh-hans/mail-address.ts';
import { manual } from './zh-hans/manual.ts';
import { names } from './zh-hans/names.ts';
import { ordering } from './zh-hans/ordering.ts';
import { payment } from './zh-hans/payment.ts';
import { printing } from './zh-hans/printing.ts';
import { signIn } from './zh-hans/sign-in.ts';
import { terms } from './zh-hans/terms.ts';
import { verification } from './zh-hans/verification.ts';

export const zhHans = {
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
