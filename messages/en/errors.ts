import type { Widen } from '../catalog.ts';
import type { errors as source } from '../ja/errors.ts';

export const errors = {
  requestNumber: 'Please quote this request number when you contact us.',
  tryAgain: 'Try again',
  toStart: 'Go to the start page',
  toSignIn: 'Log in',
  codes: {
    'bad-request': {
      title: 'We could not read what was sent',
      what: 'Something in what was sent is not what this page expects.',
      next: 'Go back to the previous page and try again.',
    },
    'form-expired': {
      title: 'This form cannot be accepted',
      what: 'It was sent from another site, or the page was open for too long. Nothing was changed.',
      next: 'Open the previous page again and retry.',
    },
    'not-allowed': {
      title: 'You cannot do this',
      what: 'You have no permission for this page. Nothing was changed.',
      next: 'If you think you should have, please contact us.',
    },
    'not-found': {
      title: 'Page not found',
      what: 'There is no page at this address. Please check that the address is complete.',
      next: 'Please go on from the start page.',
    },
    'method-not-allowed': {
      title: 'This page cannot be opened like this',
      what: 'This address cannot be opened from here. Nothing was changed.',
      next: 'Please go on from the start page.',
    },
    'wrong-state': {
      title: 'This is not possible now',
      what: 'The state has already changed; the same step may have been done before. Nothing was lost.',
      next: 'Please look at the present state in My orders.',
    },
    gone: {
      title: 'This page is no longer available',
      what: 'Its time is over, or it has already been used.',
      next: 'Please start again from the start page.',
    },
    'too-large': {
      title: 'Too much was sent',
      what: 'What was sent is larger than we can accept.',
      next: 'Please make it smaller and try again.',
    },
    'too-many-requests': {
      title: 'Too many tries',
      what: 'There were too many tries in a short time.',
      next: 'Please wait a while and try again.',
    },
    'sign-in-failed': {
      title: 'We could not log you in',
      what: 'The answer of the campus sign-in could not be verified.',
      next: 'Please log in again. If it goes on, contact us and quote the request number.',
    },
    'sign-in-expired': {
      title: 'The login was interrupted',
      what: 'It took too long, or the same answer arrived twice, so it could not be completed.',
      next: 'Please log in again.',
    },
    'sign-in-cancelled': {
      title: 'The login was not completed',
      what: 'The campus sign-in told us that it did not log you in: it was cancelled, you did not agree to send your information, or the university refused it.',
      next: 'Please log in again. If it goes on, ask the help desk of the campus sign-in.',
    },
    'second-factor-missing': {
      title: 'A second factor is needed',
      what: 'This step needs more than a password, and the campus sign-in could not confirm a second factor for you.',
      next: 'Please set one up at the campus sign-in, then log in again.',
    },
    'sign-in-incomplete': {
      title: 'The campus sign-in did not say who you are',
      what: 'You are logged in at the university, but the information that we need to know you did not come with it.',
      next: 'Please log in again and agree to send the information listed. If it goes on, contact us and quote the request number.',
    },
    'another-person': {
      title: 'You logged in as somebody else',
      what: 'To confirm this step you need to log in with the account you were using. Nothing was changed, and you are still logged in as before.',
      next: 'Please try again with your own account, or log out first.',
    },
    'name-reassigned': {
      title: 'Your user name belonged to somebody else before',
      what: 'To protect that person, this user name does not open an account here yet. We have told the office.',
      next: 'Please contact us and quote the request number; after a check you can use the service.',
    },
    'person-unknown': {
      title: 'We could not find your student record',
      what: 'The campus sign-in worked, but the register of this service does not know you. After enrolment this can take some days.',
      next: 'Please try again in a few days or ask the academic affairs office.',
    },
    'session-expired': {
      title: 'Please log in',
      what: 'You are not logged in, or some time has passed. What you were ordering is saved.',
      next: 'After logging in you can go on where you were.',
    },
    unavailable: {
      title: 'Not available at the moment',
      what: 'A system that we need cannot be reached. Nothing you have paid for is lost.',
      next: 'Please try again in a few minutes.',
    },
    unexpected: {
      title: 'We could not complete this',
      what: 'Something went wrong on our side. Nothing you have paid for is lost.',
      next: 'Please try again. If it goes on, contact us and quote the request number.',
    },
  },
} satisfies Widen<typeof source>;
