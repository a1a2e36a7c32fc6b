/** Certificates an account, of those who ordered any. */
const EACH = 5;
/** Certificates an account and order, of those that were taken over. */
export const TAKEN_OVER_EACH = 20;
/** Of so many certificates one waits at the copiers, and one was withdrawn. */
export const WAITING_EVERY = 100;
export const WITHDRAWN_EVERY = 200;

const BASE_64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE_32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Twelve digits of the n-th, in groups of four. */
const digits = `translate(left(encode(decode(md5('serial' || n), 'hex'), 'base64'), 12), '${BASE_64}', '${BASE_32}${BASE_32}')`;
const serial = `overlay(overlay(${digits} placing '-' from 5 for 0) placing '-' from 10 for 0)`;

export const uid = (kind: string, number: string): string => `md5('${kind}' || ${number})::uuid`;

const withdrawn = `n % ${WITHDRAWN_EVERY} = ${WITHDRAWN_EVERY / 4}`;
/** Where the n-th stands in the log: the withdrawals before it have leaves of their own. */
const leaf = `n + (n + ${(WITHDRAWN_EVERY * 3) / 4 - 1}) / ${WITHDRAWN_EVERY}`;

/**
 * Of what a database holds the first were taken over from the service before; then come those that are older than the
 * retention lets anything of an order be kept; the others are whole.
 */
export type Held = { readonly certificates: number; readonly takenOver?: number; readonly old?: number };

/** How many students have those certificates. */
export const studentsWith = ({ certificates, takenOver = 0 }: Held): number =>
  Math.ceil(Math.min(certificates, takenOver) / TAKEN_OVER_EACH) +
  Math.ceil(Math.max(0, certificates - takenOver) / EACH);

/** So many days before now lie journeys `from` to `to`, one after another; `waiting`: some of them are at the copiers now. */
export type Ages = {
  readonly from: number;
  readonly to: number;
  readonly youngest: number;
  readonly oldest: number;
  readonly waiting: boolean;
  /** Of all there are the first so many: these journeys are all among them, or none is. */
  readonly takenOver: number;
};

/** What the rows of a journey share. */
export const sharedColumns = ({
  from,
  to,
  youngest,
  oldest,
  waiting,
  takenOver,
}: Ages): Record<string, string> => {
  const [before, each] = from <= takenOver ? [0, TAKEN_OVER_EACH] : [takenOver, EACH];
  const student = `(${studentsWith({ certificates: before, takenOver })} + (n - ${before + 1}) / ${each} + 1)`;
  // The first of those that were taken over together names their order.
  const order = from <= takenOver ? `((n - 1) / ${TAKEN_OVER_EACH} * ${TAKEN_OVER_EACH} + 1)` : 'n';
  const waits = waiting ? `n % ${WAITING_EVERY} = 0` : 'false';
  const days = `${youngest} + ${oldest - youngest}::float8 * (${to} - n) / ${to - from + 1}`;
  return {
    waits,
    withdrawn,
    leaf: `(${leaf})::bigint`,
    // What waits was paid for now.
    ago: `case when ${waits} then interval '0' else make_interval(secs => 86400 * (${days})) end`,
    account: uid('account', student),
    person: uid('person', student),
    enrolment: uid('enrolment', student),
    the_order: uid('order', order),
    line: uid('line', order),
    payment: uid('payment', 'n'),
    certificate: uid('certificate', 'n'),
    job: uid('job', 'n'),
    serial,
  };
};

/** How many leaves the log has with so many certificates beside the model's. */
export const leavesWith = (certificates: number): number =>
  1 + certificates + Math.floor((certificates + (WITHDRAWN_EVERY * 3) / 4) / WITHDRAWN_EVERY);
