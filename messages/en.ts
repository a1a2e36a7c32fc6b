import { errors } from './en/errors.ts';
import { frame } from './en/frame.ts';
import { mailAddress } from './en/mail-address.ts';
import { signIn } from './en/sign-in.ts';
import { verification } from './en/verification.ts';
import type { Catalog } from './messages.ts';

export const en = {
  errors,
  frame,
  mailAddress,
  signIn,
  verification,
} satisfies Catalog;
