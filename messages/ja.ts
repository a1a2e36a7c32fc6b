import { frame } from './ja/frame.ts';
import { signIn } from './ja/sign-in.ts';
import { verification } from './ja/verification.ts';

/** The source catalogue. A key that another language lacks does not compile. */
export const ja = {
  frame,
  signIn,
  verification,
};
