import type { Widen } from '../catalog.ts';
import type { signIn as source } from '../ja/sign-in.ts';

export const signIn = {
  signedOut: {
    title: 'You are logged out',
    body: 'You are logged out here but still signed in at the university.',
    shared: 'On a shared computer close all browser windows.',
    again: 'Log in again',
    start: 'Go to the start page',
  },
} satisfies Widen<typeof source>;
