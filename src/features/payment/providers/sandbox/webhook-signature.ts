import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_SECONDS = 300;

/** Whether `t=<seconds>,v1=<hex>` signs the body with the secret, within five minutes of now. */
export const isSignedWebhook = (
  secret: string,
  body: string,
  signature: string | undefined,
  now: Temporal.Instant,
): boolean => {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature ?? '');
  if (match === null) return false;
  const [, seconds = '', hex = ''] = match;
  if (Math.abs(now.epochMilliseconds / 1000 - Number(seconds)) > TOLERANCE_SECONDS) return false;
  const expected = createHmac('sha256', secret).update(`${seconds}.${body}`).digest();
  return timingSafeEqual(expected, Buffer.from(hex, 'hex'));
};
