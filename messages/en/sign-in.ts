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
  choose: {
    title: 'Choose where to log in',
    explanation: 'Please choose the sign-in that you normally use.',
  },
  security: {
    title: 'Login & security',
    account: 'You are logged in as',
    password:
      'Your password is that of the campus sign-in. This service does not keep it; please change it there.',
    sessions: 'Where you are logged in',
    limits: 'You are logged out after 30 minutes without use, and 8 hours after logging in.',
    here: 'this browser',
    unknownBrowser: 'Unknown browser',
    opened: (time) => `Logged in: ${time}`,
    seen: (time) => `Last used: ${time}`,
    logOutHere: 'Log out',
    logOutThere: (name) => `Log out ${name}`,
    logOutOthers: 'Log out all other browsers',
  },
  officeMail: {
    subject: 'A reassigned user name was stopped',
    body: (principalName, accountId) =>
      `Somebody else than before tried to log in as ${principalName}. To protect the former owner the login was stopped. Please check the register. Account: ${accountId}`,
  },
} satisfies Widen<typeof source>;
