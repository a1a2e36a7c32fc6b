import { execFileSync } from 'node:child_process';
import { makeDocument } from '#features/issuance/make-document.ts';
import { openTypesetter } from '#features/issuance/typeset/typesetter.ts';
import { openFileKeys } from '#platform/keys/file-keys.ts';
import { sampleRecord } from '#test/support/certificate-record.ts';
import { UNIVERSITY_FOLDER, withFolder } from './akashi.ts';
import { report } from './measure.ts';

const CERTIFICATES = Number(process.env['AKASHI_CERTIFICATES'] ?? 10_000);
const TENTH = CERTIFICATES / 10;
const EVERY = 20;
/** Certificates in the making at once. */
const AT_ONCE = 2;

/** Resident megabytes: of this process, which signs and checks, and of its children, which typeset. */
type Resident = { readonly own: number; readonly children: readonly number[] };

const residentMegabytes = (): Resident => {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss=,comm='], { encoding: 'utf8' })
    .trim()
    .split('\n');
  const processes = lines
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent, kilobytes, name]) => ({
      pid: Number(pid),
      parent: Number(parent),
      megabytes: Number(kilobytes) / 1024,
      name,
    }));
  return {
    own: processes.find(({ pid }) => pid === process.pid)?.megabytes ?? Number.NaN,
    children: processes
      .filter(({ parent, name }) => parent === process.pid && name !== 'ps')
      .map(({ megabytes }) => megabytes),
  };
};

const together = ({ own, children }: Resident): number => children.reduce((sum, one) => sum + one, own);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Ten thousand certificates of enrolment, or `AKASHI_CERTIFICATES`, made as the service makes them: what the processes
 * hold during the first tenth, and during the last.
 */
export const benchMemory = (): Promise<void> =>
  withFolder(async (folder) => {
    const now = Temporal.Instant.from('2026-11-24T02:00:00Z');
    const keys = await openFileKeys(folder, { now, university: 'Akatsuki University' });
    const typesetter = openTypesetter({ universityFolder: UNIVERSITY_FOLDER, processes: AT_ONCE });
    const samples: (Resident & { readonly made: number })[] = [];
    let made = 0;
    const started = performance.now();
    const work = async (): Promise<void> => {
      while (made < CERTIFICATES) {
        made += 1;
        const copy = made;
        const record = sampleRecord('enrolment', copy % 2 === 0 ? 'ja' : 'en', copy);
        await makeDocument({ record, typesetter, keys, verificationHost: 'verify.bench.example' });
        if (copy % EVERY === 0) samples.push({ made: copy, ...residentMegabytes() });
        if (copy % TENTH === 0) {
          const tenth = samples.filter((one) => one.made > copy - TENTH && one.made <= copy);
          const own = Math.round(mean(tenth.map((one) => one.own)));
          const whole = Math.round(mean(tenth.map(together)));
          process.stderr.write(
            `certificates ${copy - TENTH + 1} to ${copy}: ${whole} MB, ${own} of them in the service's process\n`,
          );
        }
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    } finally {
      typesetter.close();
    }
    const within = (from: number, until: number): number =>
      mean(samples.filter((one) => one.made > from && one.made <= until).map(together));
    const first = within(0, TENTH);
    const last = within(CERTIFICATES - TENTH, CERTIFICATES);
    report('certificate.memory.first_mb', first, 'MB');
    report('certificate.memory.last_mb', last, 'MB');
    report('certificate.memory.growth_percent', (last / first - 1) * 100, '%');
    report('certificate.memory.per_s', (CERTIFICATES * 1000) / (performance.now() - started), '1/s');
  });
