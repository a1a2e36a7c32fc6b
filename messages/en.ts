import { frame } from './en/frame.ts';
import { signIn } from './en/sign-in.ts';
import { verification } from './en/verification.ts';
import type { Catalog } from './messages.ts';

export const en = {
  frame,
  signIn,
  verification,
} satisfies Catalog;
