import type { IppAttribute, IppGroup, IppMessage, IppValue } from '#platform/ipp/message.ts';
import { decodeMessage, encodeMessage, valuesOf } from '#platform/ipp/message.ts';
import { JOB_STATE, OPERATION, STATUS } from '#platform/ipp/tags.ts';
import type { Printer, PrinterJob } from './printer.ts';
import { cancel, upTime } from './printer.ts';

type Answer = {
  readonly status: keyof typeof STATUS;
  readonly groups?: readonly IppGroup[];
};

const VALIDATE_JOB = 0x0004;
/** The longest password of a job, in octets. */
const PASSWORD_OCTETS = 32;

const one = (name: string, syntax: IppAttribute['syntax'], ...values: IppValue[]): IppAttribute => ({
  name,
  syntax,
  values,
});

const stateReasons = ({ trouble, jobs }: Printer): string => {
  if (trouble === 'no-paper') return 'media-empty-error';
  return trouble === 'jam' && jobs.at(-1)?.state === 'aborted' ? 'media-jam-error' : 'none';
};

const printerAttributes = (printer: Printer, uri: string): IppAttribute[] => {
  const { machine, jobs } = printer;
  const open = jobs.filter(({ state }) => ['pending', 'held', 'processing', 'stopped'].includes(state));
  const printing = jobs.some(({ state }) => state === 'processing');
  return [
    one('printer-uri-supported', 'uri', uri),
    one('uri-security-supported', 'keyword', 'none'),
    one('uri-authentication-supported', 'keyword', 'requesting-user-name'),
    one('printer-name', 'nameWithoutLanguage', machine.nameEn),
    one('printer-state', 'enum', printer.trouble === 'no-paper' ? 5 : printing ? 4 : 3),
    one('printer-state-reasons', 'keyword', stateReasons(printer)),
    one('ipp-versions-supported', 'keyword', '1.1', '2.0'),
    one('operations-supported', 'enum', ...Object.values(OPERATION), VALIDATE_JOB),
    one('charset-configured', 'charset', 'utf-8'),
    one('charset-supported', 'charset', 'utf-8'),
    one('natural-language-configured', 'naturalLanguage', 'en'),
    one('generated-natural-language-supported', 'naturalLanguage', 'en'),
    one('document-format-default', 'mimeMediaType', 'application/pdf'),
    one('document-format-supported', 'mimeMediaType', 'application/pdf'),
    one('printer-is-accepting-jobs', 'boolean', true),
    one('queued-job-count', 'integer', open.length),
    one('pdl-override-supported', 'keyword', 'not-attempted'),
    one('printer-up-time', 'integer', upTime(printer)),
    one('compression-supported', 'keyword', 'none'),
    one('job-password-supported', 'integer', PASSWORD_OCTETS),
    one('job-password-encryption-supported', 'keyword', 'none'),
  ];
};

const jobAttributes = (printer: Printer, uri: string, job: PrinterJob): IppAttribute[] => [
  one('job-id', 'integer', job.id),
  one('job-uri', 'uri', `${uri}/${job.id}`),
  one('job-printer-uri', 'uri', uri),
  one('job-name', 'nameWithoutLanguage', job.name),
  one('job-originating-user-name', 'nameWithoutLanguage', job.user),
  one('job-state', 'enum', JOB_STATE[job.state]),
  one('job-state-reasons', 'keyword', job.reason),
  one('job-impressions-completed', 'integer', job.impressions),
  job.processingAt === null
    ? one('time-at-processing', 'no-value', null)
    : one('time-at-processing', 'integer', job.processingAt),
  one('job-printer-up-time', 'integer', upTime(printer)),
];

/** Of all attributes those that were asked for; `all` and no wish at all mean every one. */
const asked = (request: IppMessage, attributes: readonly IppAttribute[]): IppAttribute[] => {
  const wishes = valuesOf(request, 'operation', 'requested-attributes');
  const groups = ['all', 'printer-description', 'job-description', 'job-template'];
  if (wishes.length === 0 || wishes.some((wish) => groups.includes(String(wish)))) return [...attributes];
  return attributes.filter(({ name }) => wishes.includes(name));
};

const textOf = (request: IppMessage, name: string): string => {
  const [value] = valuesOf(request, 'operation', name);
  return typeof value === 'string' ? value : '';
};

const printJob = (printer: Printer, uri: string, request: IppMessage): Answer => {
  if (printer.trouble === 'busy') return { status: 'busy' };
  const [password] = valuesOf(request, 'operation', 'job-password');
  const encryption = textOf(request, 'job-password-encryption');
  if (textOf(request, 'document-format') !== 'application/pdf')
    return { status: 'document-format-not-supported' };
  // These printers stand in hallways: nothing comes out of them unasked.
  if (!(password instanceof Uint8Array) || password.length > PASSWORD_OCTETS || encryption !== 'none')
    return { status: 'attributes-or-values-not-supported' };
  const job: PrinterJob = {
    id: printer.jobs.length + 1,
    name: textOf(request, 'job-name'),
    user: textOf(request, 'requesting-user-name'),
    password,
    document: Uint8Array.from(request.data),
    state: 'held',
    reason: 'job-password-wait',
    processingAt: null,
    impressions: 0,
  };
  printer.jobs.push(job);
  printer.message = '';
  return { status: 'ok', groups: [{ group: 'job', attributes: jobAttributes(printer, uri, job) }] };
};

const getJobs = (printer: Printer, uri: string, request: IppMessage): Answer => {
  const ended = textOf(request, 'which-jobs') === 'completed';
  const jobs = printer.jobs.filter(
    ({ state }) => ['canceled', 'aborted', 'completed'].includes(state) === ended,
  );
  const groups = jobs.map((job) => ({
    group: 'job' as const,
    attributes: asked(request, jobAttributes(printer, uri, job)),
  }));
  return { status: 'ok', groups };
};

const withJob = (printer: Printer, request: IppMessage, act: (job: PrinterJob) => Answer): Answer => {
  const [id] = valuesOf(request, 'operation', 'job-id');
  const byUri = /\/(\d+)$/.exec(textOf(request, 'job-uri'))?.[1];
  const job = printer.jobs.find((candidate) => candidate.id === (id ?? Number(byUri)));
  return job === undefined ? { status: 'not-found' } : act(job);
};

const answerOf = (printer: Printer, uri: string, request: IppMessage): Answer => {
  switch (request.code) {
    case OPERATION['get-printer-attributes']: {
      const attributes = asked(request, printerAttributes(printer, uri));
      return { status: 'ok', groups: [{ group: 'printer', attributes }] };
    }
    case VALIDATE_JOB:
      return { status: 'ok' };
    case OPERATION['print-job']:
      return printJob(printer, uri, request);
    case OPERATION['get-jobs']:
      return getJobs(printer, uri, request);
    case OPERATION['get-job-attributes']:
      return withJob(printer, request, (job) => {
        const attributes = asked(request, jobAttributes(printer, uri, job));
        return { status: 'ok', groups: [{ group: 'job', attributes }] };
      });
    case OPERATION['cancel-job']:
      return withJob(printer, request, (job) => ({ status: cancel(job) ? 'ok' : 'not-possible' }));
    default:
      return { status: 'operation-not-supported' };
  }
};

/** Answers one IPP request as a printer that keeps every job until its password is typed (RFC 8011, PWG 5100.11). */
export const answerIpp = (printer: Printer, uri: string, bytes: Uint8Array): Uint8Array => {
  const request = decodeMessage(bytes);
  const { status, groups = [] } = answerOf(printer, uri, request);
  const operation: IppGroup = {
    group: 'operation',
    attributes: [
      one('attributes-charset', 'charset', 'utf-8'),
      one('attributes-natural-language', 'naturalLanguage', 'en'),
    ],
  };
  return encodeMessage({
    version: request.version[0] === 1 ? [1, 1] : [2, 0],
    code: STATUS[status],
    requestId: request.requestId,
    groups: [operation, ...groups],
    data: new Uint8Array(),
  });
};
