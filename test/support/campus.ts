import { setTimeout } from 'node:timers/promises';
import { startCampusPrinter } from '#dev/campus-printer/campus-printer.tsx';
import { findLastPush } from '#features/printing/campus/push-store.ts';
import { sendToMachine } from '#features/printing/campus/send-to-machine.ts';
import type { CampusPrinting } from '#features/printing/index.ts';
import { createIppClient } from '#platform/ipp/client.ts';
import type { CopierWorld, Order } from './copier-gateway.ts';
import { withCopiers } from './copier-gateway.ts';

type Report = Parameters<CampusPrinting['reportMachine']>[0];
export type CampusWorld = CopierWorld & {
  readonly reports: readonly Report[];
  readonly send: (order: Order) => Promise<void>;
  /** Runs the job of the order's last push once, as the worker would. */
  readonly follow: (order: Order) => Promise<void>;
  /** Runs it until the push has an outcome, or for ten seconds. */
  readonly settle: (order: Order) => Promise<void>;
  readonly stateOf: (order: Order) => Promise<string>;
  readonly troubleOf: (order: Order) => Promise<string | null>;
};

/** Printing on campus before a printer at `uri`, on a real database. */
export const withCampusAt = (uri: string, work: (world: CampusWorld) => Promise<void>): Promise<void> => {
  const reports: Report[] = [];
  const machine = {
    code: 'library',
    nameJa: '図書館',
    nameEn: 'Library',
    hours: { ja: '', en: '' },
    printer: createIppClient({ uri, timeoutMs: 5000 }),
  };
  const campus = {
    machines: [machine],
    releaseMinutes: 60,
    reportMachine: (report: Report) => void reports.push(report),
  };
  return withCopiers(
    (world) => {
      const { db, dependencies, run } = world;
      const pushOf = ({ jobId }: Order) => findLastPush(db, jobId);
      const follow = async (order: Order): Promise<void> =>
        run('follow-push', { claimId: (await pushOf(order))?.claim_id ?? '' });
      return work({
        ...world,
        reports,
        follow,
        send: ({ orderId }) => sendToMachine(dependencies, { orderId, machine: 'library' }),
        settle: async (order) => {
          for (let tries = 0; tries < 500; tries += 1) {
            await follow(order);
            const push = await pushOf(order);
            if (push !== undefined && push.outcome_at !== null) return;
            await setTimeout(20);
          }
          throw new Error('the push never ended');
        },
        stateOf: async ({ orderId }) => {
          const query = db.selectFrom('certificate_order').select('state').where('id', '=', orderId);
          return (await query.executeTakeFirstOrThrow()).state;
        },
        troubleOf: async (order) => (await pushOf(order))?.trouble ?? null,
      });
    },
    '2026-11-24T03:00:00Z',
    campus,
  );
};

export type DevelopmentPrinter = {
  readonly uri: string;
  /** Sends a form of the panel, and reads the page that follows. */
  readonly press: (act: string, fields?: Readonly<Record<string, string>>) => Promise<string>;
};

/** The printer that `npm start` brings up, by itself. */
export const withDevelopmentPrinter = async (
  work: (printer: DevelopmentPrinter) => Promise<void>,
): Promise<void> => {
  const machines = [{ code: 'library', nameJa: '図書館', nameEn: 'Library' }];
  const printer = await startCampusPrinter({ port: 0, machines, pageMs: 0 });
  try {
    await work({
      uri: `${printer.url.replace(/^http/, 'ipp')}/ipp/print/library`,
      press: async (act, fields = {}) => {
        const method = { method: 'POST', body: new URLSearchParams(fields) };
        return (await fetch(`${printer.url}/library/${act}`, method)).text();
      },
    });
  } finally {
    await printer.close();
  }
};
