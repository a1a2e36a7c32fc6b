import { AkashiError } from '#domain/error.ts';
import type { IppAttribute, IppMessage, IppValue } from './message.ts';
import { decodeMessage, encodeMessage, nameOf, valuesOf } from './message.ts';
import { JOB_STATE, OPERATION, STATUS } from './tags.ts';

export type PrinterFacts = {
  /** Whether a job waits at the machine until its password is typed (PWG 5100.11, `job-password`). */
  readonly holdsForPassword: boolean;
  /** `printer-state-reasons` without their severity, such as `media-jam`; empty when nothing is the matter. */
  readonly troubles: readonly string[];
};

export type JobFacts = {
  readonly state: keyof typeof JOB_STATE;
  readonly reasons: readonly string[];
  /** True when the printer says that it never began with the job: `time-at-processing` has no value. */
  readonly untouched: boolean;
  /** Sides put out so far; null where the printer does not count. */
  readonly impressions: number | null;
};

export type JobRequest = {
  /** What the machine's panel shows; must say nothing of what is printed. */
  readonly name: string;
  readonly user: string;
  /** Digits that release the job at the machine. */
  readonly password: string;
  readonly document: Uint8Array;
};

export type PrintAnswer =
  | { readonly kind: 'accepted'; readonly jobId: number }
  | { readonly kind: 'busy' }
  | { readonly kind: 'refused'; readonly status: number };

export type IppClient = {
  readonly describePrinter: () => Promise<PrinterFacts>;
  readonly print: (job: JobRequest) => Promise<PrintAnswer>;
  /** The job of this name and user, whatever became of it; null where the printer knows none. */
  readonly findJob: (name: string, user: string) => Promise<number | null>;
  /** Null where the printer has forgotten the job. */
  readonly describeJob: (jobId: number) => Promise<JobFacts | null>;
  /** Asks for the job's end; whether it had begun is told by `describeJob` afterwards. */
  readonly cancelJob: (jobId: number, user: string) => Promise<void>;
};

const LARGEST_ANSWER = 1024 * 1024;
const BUSY: readonly number[] = [
  STATUS['service-unavailable'],
  STATUS['temporary-error'],
  STATUS['not-accepting-jobs'],
  STATUS.busy,
];

/** `ipp:` is HTTP on port 631, `ipps:` the same over TLS (RFC 3510, RFC 7472). */
const httpAddress = (uri: string): string => {
  const { protocol, hostname, port, pathname } = new URL(uri.replace(/^ipp/, 'http'));
  return `${protocol}//${hostname}:${port || 631}${pathname}`;
};

const attribute = (name: string, syntax: IppAttribute['syntax'], ...values: IppValue[]): IppAttribute => ({
  name,
  syntax,
  values,
});

const words = (message: IppMessage, group: 'job' | 'printer', name: string): string[] =>
  valuesOf(message, group, name)
    .filter((value) => typeof value === 'string')
    .filter((value) => value !== 'none');

const integer = (message: IppMessage, name: string): number | null => {
  const [value] = valuesOf(message, 'job', name);
  return typeof value === 'number' ? value : null;
};

const succeeded = ({ code }: IppMessage): boolean => code < 0x0100;

const factsOf = (message: IppMessage): JobFacts => {
  const number = integer(message, 'job-state');
  const state = number === null ? undefined : nameOf(JOB_STATE, number);
  if (state === undefined) throw new AkashiError('unavailable', { ipp: 'no job-state' });
  const impressions = integer(message, 'job-impressions-completed');
  const [begun] = valuesOf(message, 'job', 'time-at-processing');
  return {
    state,
    reasons: words(message, 'job', 'job-state-reasons'),
    untouched: begun === null && (impressions ?? 0) === 0,
    impressions,
  };
};

const readBounded = async (response: Response): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > LARGEST_ANSWER) throw new AkashiError('unavailable', { ipp: 'too long' });
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
};

/**
 * Speaks IPP/2.0 (RFC 8010, RFC 8011) to one printer at an `ipp:` or `ipps:` URI. Every call takes at most `timeoutMs`
 * and throws `unavailable` when the printer cannot be reached or does not answer as one.
 */
export const createIppClient = ({ uri, timeoutMs }: { uri: string; timeoutMs: number }): IppClient => {
  const address = httpAddress(uri);
  let requestId = 0;

  const post = async (body: Uint8Array): Promise<IppMessage> => {
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/ipp' },
        body: Buffer.from(body),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (response.status !== 200) throw new AkashiError('unavailable', { http: response.status });
      return decodeMessage(await readBounded(response));
    } catch (cause) {
      throw new AkashiError('unavailable', { printer: new URL(address).hostname }, { cause });
    }
  };

  const send = (
    operation: keyof typeof OPERATION,
    attributes: readonly IppAttribute[],
    data: Uint8Array = new Uint8Array(),
  ): Promise<IppMessage> => {
    requestId = (requestId % 0x7fff_ffff) + 1;
    const fixed = [
      attribute('attributes-charset', 'charset', 'utf-8'),
      attribute('attributes-natural-language', 'naturalLanguage', 'en'),
      attribute('printer-uri', 'uri', uri),
    ];
    const groups = [{ group: 'operation' as const, attributes: [...fixed, ...attributes] }];
    return post(encodeMessage({ version: [2, 0], code: OPERATION[operation], requestId, groups, data }));
  };
  const asking = (...names: string[]): IppAttribute => attribute('requested-attributes', 'keyword', ...names);
  const requireSuccess = (answer: IppMessage): IppMessage => {
    if (!succeeded(answer)) throw new AkashiError('unavailable', { ipp: answer.code });
    return answer;
  };

  return {
    describePrinter: async () => {
      const names = ['printer-state-reasons', 'job-password-supported', 'job-password-encryption-supported'];
      const answer = requireSuccess(await send('get-printer-attributes', [asking(...names)]));
      const [longest] = valuesOf(answer, 'printer', 'job-password-supported');
      const encryptions = valuesOf(answer, 'printer', 'job-password-encryption-supported');
      return {
        holdsForPassword: typeof longest === 'number' && longest >= 4 && encryptions.includes('none'),
        troubles: words(answer, 'printer', 'printer-state-reasons')
          .filter((reason) => !reason.endsWith('-report'))
          .map((reason) => reason.replace(/-(error|warning)$/, '')),
      };
    },
    print: async ({ name, user, password, document }) => {
      const answer = await send(
        'print-job',
        [
          attribute('requesting-user-name', 'nameWithoutLanguage', user),
          attribute('job-name', 'nameWithoutLanguage', name),
          // A printer that cannot do one of these must refuse the job instead of printing it for all to see.
          attribute('ipp-attribute-fidelity', 'boolean', true),
          attribute('document-format', 'mimeMediaType', 'application/pdf'),
          attribute('job-password', 'octetString', new TextEncoder().encode(password)),
          attribute('job-password-encryption', 'keyword', 'none'),
          attribute('job-mandatory-attributes', 'keyword', 'job-password', 'job-password-encryption'),
        ],
        document,
      );
      if (BUSY.includes(answer.code)) return { kind: 'busy' };
      const jobId = integer(answer, 'job-id');
      if (!succeeded(answer) || jobId === null) return { kind: 'refused', status: answer.code };
      return { kind: 'accepted', jobId };
    },
    findJob: async (name, user) => {
      for (const which of ['not-completed', 'completed']) {
        const answer = requireSuccess(
          await send('get-jobs', [
            attribute('requesting-user-name', 'nameWithoutLanguage', user),
            asking('job-id', 'job-name'),
            attribute('which-jobs', 'keyword', which),
          ]),
        );
        for (const { group, attributes } of answer.groups) {
          const value = (wanted: string) => attributes.find((one) => one.name === wanted)?.values[0];
          const jobId = value('job-id');
          if (group === 'job' && value('job-name') === name && typeof jobId === 'number') return jobId;
        }
      }
      return null;
    },
    describeJob: async (jobId) => {
      const names = ['job-state', 'job-state-reasons', 'time-at-processing', 'job-impressions-completed'];
      const answer = await send('get-job-attributes', [
        attribute('job-id', 'integer', jobId),
        asking(...names),
      ]);
      if (answer.code === STATUS['not-found']) return null;
      return factsOf(requireSuccess(answer));
    },
    cancelJob: async (jobId, user) => {
      const answer = await send('cancel-job', [
        attribute('job-id', 'integer', jobId),
        attribute('requesting-user-name', 'nameWithoutLanguage', user),
      ]);
      // What has ended already, or is forgotten, needs no end.
      const over: number[] = [STATUS['not-possible'], STATUS['not-found']];
      if (!over.includes(answer.code)) requireSuccess(answer);
    },
  };
};
