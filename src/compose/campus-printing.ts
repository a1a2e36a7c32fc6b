import type { CampusPrinting } from '#features/printing/index.ts';
import { createIppClient } from '#platform/ipp/client.ts';
import type { Platform } from './platform.ts';

/** Longer than a printer takes to wake up; a request from a browser never waits for one. */
const PRINTER_TIMEOUT_MS = 20_000;

/** The campus printers of the configuration, each with a client of its own; none where there is no such destination. */
export const campusPrinting = ({ university, log }: Pick<Platform, 'university' | 'log'>): CampusPrinting => {
  const campus = university.destinations.find((destination) => destination.kind === 'campus');
  const { machines, releaseMinutes } =
    campus?.kind === 'campus' ? campus : { machines: [], releaseMinutes: 0 };
  return {
    machines: machines.map(({ printer: uri, ...machine }) => ({
      ...machine,
      printer: createIppClient({ uri, timeoutMs: PRINTER_TIMEOUT_MS }),
    })),
    releaseMinutes,
    reportMachine: (report) =>
      log.error({ alarm: 'campus-printer', ...report }, 'a campus printer is in trouble'),
  };
};
