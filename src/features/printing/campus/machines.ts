import type { Bilingual } from '#domain/bilingual.ts';
import type { IppClient } from '#platform/ipp/client.ts';
import type { Trouble } from './push-store.ts';

export type CampusMachine = {
  readonly code: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly hours: Bilingual;
  readonly printer: IppClient;
};

export type CampusPrinting = {
  readonly machines: readonly CampusMachine[];
  /** For how many minutes a machine keeps what was sent to it. */
  readonly releaseMinutes: number;
  /** Tells whoever watches the service that a machine does not print. */
  readonly reportMachine: (report: { readonly machine: string; readonly trouble: Trouble }) => void;
};

/** Whose jobs ours are, to the printer: it learns no person's name. */
export const PRINTER_USER = 'akashi';

/** The network that a push claims for. A copier network's code has no space, so none can speak for it. */
export const CAMPUS_NETWORK = 'campus printers';
