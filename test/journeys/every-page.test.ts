import { test } from 'node:test';
import { lookAtEveryPage } from './pages/every-page.ts';

test('every page in every state is open to everybody, in Japanese and English by turns, light and dark, at 400 %', () =>
  lookAtEveryPage(['ja', 'en'], { inTurns: true }));
