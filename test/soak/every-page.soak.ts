import { test } from 'node:test';
import type { Language } from '#platform/i18n/language.ts';
import { LANGUAGES } from '#platform/i18n/language.ts';
import { lookAtEveryPage } from '#test/journeys/pages/every-page.ts';

test('every page in every state is open to everybody in every language, light and dark, at 400 %', () =>
  lookAtEveryPage(Object.keys(LANGUAGES) as Language[], { inTurns: false }));
