import type { CopierNetwork, Impression, Offer } from './gateway-client.ts';
import type { PanelLanguage } from './words.ts';

export const TROUBLES = ['none', 'jam', 'power', 'no-paper', 'toner'] as const;
export type Trouble = (typeof TROUBLES)[number];

export type Message = '' | 'not-found' | 'paused' | 'done' | 'jam' | 'power' | 'no-paper' | 'failed';
export type Sheet = { readonly image: Uint8Array; readonly faint: boolean };
/** What a copier would have reported when its power failed. */
export type Unreported = {
  readonly claim: string;
  readonly fence: number;
  readonly impressions: readonly Impression[];
};

/** One copier: what its screen shows, what was typed and inserted, what lies in its tray. */
export type Machine = {
  readonly network: CopierNetwork;
  language: PanelLanguage;
  screen: 'menu' | 'number' | 'pay' | 'printing' | 'off' | 'end';
  menu: number;
  typed: { number: string; pin: string };
  /** The key pressed last keeps the focus, so that one can go on from the keyboard. */
  lastKey: string;
  offer: Offer | null;
  paid: number;
  change: number;
  printed: number;
  message: Message;
  trouble: Trouble;
  after: number;
  unreported: Unreported | null;
  tray: Sheet[];
};

export const createMachine = (network: CopierNetwork): Machine => ({
  network,
  language: 'ja',
  screen: 'menu',
  menu: 0,
  typed: { number: '', pin: '' },
  lastKey: '',
  offer: null,
  paid: 0,
  change: 0,
  printed: 0,
  message: '',
  trouble: 'none',
  after: 1,
  unreported: null,
  tray: [],
});

/** Back to the first menu; what was inserted falls into the return slot. */
export const reset = (machine: Machine): void => {
  const { paid } = machine;
  const typed = { number: '', pin: '' };
  Object.assign(machine, { screen: 'menu', menu: 0, typed, lastKey: '', offer: null, paid: 0, change: paid });
};

export const NUMBER_LENGTH = 12;
export const PIN_LENGTH = 4;
const digits = (text: string): string => text.normalize('NFKC').replace(/\D/g, '');

/** Takes over what the fields hold, then presses one key of the keypad: a digit, `back` or `clear`. */
export const pressKey = (machine: Machine, fields: { number: string; pin: string }, key: string): void => {
  let number = digits(fields.number).slice(0, NUMBER_LENGTH);
  let pin = digits(fields.pin).slice(0, PIN_LENGTH);
  if (key === 'clear') [number, pin] = ['', ''];
  else if (key === 'back' && pin !== '') pin = pin.slice(0, -1);
  else if (key === 'back') number = number.slice(0, -1);
  else if (/^\d$/.test(key) && number.length < NUMBER_LENGTH) number += key;
  else if (/^\d$/.test(key) && pin.length < PIN_LENGTH) pin += key;
  Object.assign(machine, { typed: { number, pin }, lastKey: key });
};
