import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { copiesField } from '#domain/order/draft.ts';
import type { AppEnv } from '#features/http.tsx';
import { saveDraft } from '#features/ordering/draft-store.ts';
import { readOrder } from '#features/ordering/index.ts';
import { placeOrder } from '#features/ordering/place-order.ts';
import { receiveWebhook } from '#features/payment/receive-webhook.ts';
import { settlePayment } from '#features/payment/settle-payment.ts';
import { startPayment } from '#features/payment/start-payment.ts';
import { findJobByOrder } from '#features/printing/print-store.ts';
import { sealAuditTrail } from '#platform/audit/audit.ts';
import { composeJobs } from '#src/compose/jobs.ts';
import type { Parts } from '#src/compose/parts.ts';
import type { Platform } from '#src/compose/platform.ts';
import { createMemoryCompany } from '#test/support/memory-company.ts';

export type CopierCall = (path: string, json: object) => Promise<Response>;

/** A store copier of the first network, asking the app without a wire. */
export const openCopierAt = (app: Hono<AppEnv>, { copierKeys, clock }: Parts['printing']): CopierCall => {
  const [key] = copierKeys;
  if (key === undefined) throw new Error('no copier network');
  return async (path, json) => {
    const body = JSON.stringify(json);
    const time = String(Math.floor(clock.now().epochMilliseconds / 1000));
    const nonce = randomBytes(16).toString('hex');
    const hash = createHash('sha256').update(body).digest('hex');
    const text = ['POST', `/copier/v1${path}`, time, nonce, hash].join('\n');
    const signature = createHmac('sha256', key.secret).update(text).digest('hex');
    const signed = { 'copier-key': key.keyId, 'copier-time': time, 'copier-nonce': nonce };
    const headers = { ...signed, 'copier-signature': signature };
    const answer = await app.request(`/copier/v1${path}`, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return answer;
  };
};

/** One certificate of enrolment of a student: ordered, paid for, issued and printed, each by its own use case. */
export const printOneCertificate = async (
  platform: Platform,
  parts: Parts,
  {
    app,
    ...student
  }: {
    readonly app: Hono<AppEnv>;
    readonly accountId: string;
    readonly personId: string;
    readonly enrolmentId: string;
  },
): Promise<void> => {
  const { db, clock } = platform;
  const { accountId, personId, enrolmentId } = student;
  const company = createMemoryCompany();
  const payment = { ...parts.payment, provider: company.provider };
  const key = randomBytes(16).toString('hex');
  const copies = { [copiesField(enrolmentId, 'enrolment', 'ja')]: '1' };
  await saveDraft(db, accountId, { destination: 'store', copies, typed: {}, key }, clock.now());
  const submission = { accountId, personId, language: 'ja' as const, idempotencyKey: key };
  const { id: orderId } = await placeOrder(parts.ordering, submission);
  const { id, checkoutId } = await startPayment(payment, await readOrder(db, orderId), 'ja');
  company.pay(checkoutId ?? '', clock.now());
  const { body, signature } = company.message('first', checkoutId ?? '');
  await receiveWebhook(payment, body, () => signature);
  await settlePayment(payment, id);
  const jobs = composeJobs(platform, { ...parts, payment });
  for (const name of ['issue-order', 'prepare-print']) await jobs[name]?.({ orderId });
  const { id: certificateId } = await db
    .selectFrom('issued_certificate')
    .select('id')
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow();
  await jobs['publish-typed-records']?.({ certificateId });
  const job = await findJobByOrder(db, orderId);
  if (job === undefined) throw new Error('nothing to print');
  const call = openCopierAt(app, parts.printing);
  const ticket = parts.printing.secrets.open(job.id, job.secrets);
  const device = 'model';
  const { claimToken } = (await (await call('/lookups', { ...ticket, device })).json()) as {
    claimToken: string;
  };
  const { claim, fence } = (await (await call('/claims', { claimToken, device })).json()) as {
    claim: string;
    fence: number;
  };
  const impressions = [{ document: 1, result: 'completed', pages: 1 }];
  await call(`/claims/${claim}/outcome`, { fence, impressions });
  await jobs['purge-document']?.({ documentId: certificateId });
  await sealAuditTrail(db, clock.now());
};
