/** A browser of the manual's table (1.1), and when the service was last tried in it. */
export type BrowserCheck = {
  readonly device: 'computer' | 'phone';
  readonly browser: string;
  /** The program that ran; a relative of the browser where that one does not run on the machines that test. */
  readonly engine: string;
  /** The Tokyo date; null where nobody has tried it. */
  readonly testedOn: Temporal.PlainDate | null;
};

const CHROMIUM = { engine: 'Chromium 156', testedOn: Temporal.PlainDate.from('2026-11-26') } as const;
const FIREFOX = { engine: 'Firefox ESR 153', testedOn: Temporal.PlainDate.from('2026-11-26') } as const;
const WEBKIT = { engine: 'WebKitGTK 2.50', testedOn: Temporal.PlainDate.from('2026-11-26') } as const;

/** Kept true by whoever runs `npm run test:engines`. */
export const BROWSER_CHECKS: readonly BrowserCheck[] = [
  { device: 'computer', browser: 'Chrome', ...CHROMIUM },
  { device: 'computer', browser: 'Firefox', ...FIREFOX },
  { device: 'computer', browser: 'Safari', ...WEBKIT },
  { device: 'computer', browser: 'Edge', ...CHROMIUM },
  { device: 'phone', browser: 'iPhone: Safari', ...WEBKIT },
  { device: 'phone', browser: 'Android: Chrome', ...CHROMIUM },
];
