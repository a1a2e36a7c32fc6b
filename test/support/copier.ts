import { createHash, createHmac, randomBytes } from 'node:crypto';

export type CopierNetworkKey = { readonly keyId: string; readonly secret: string };
export type Fetched = { readonly document: number; readonly pdf: Uint8Array };

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A machine that speaks the gateway protocol of docs/copier-gateway.md to the service at `address`. */
export const openMachine = (address: string, key: CopierNetworkKey, now: () => Temporal.Instant) => {
  const call = (method: string, path: string, json?: unknown): Promise<Response> => {
    const body = json === undefined ? '' : JSON.stringify(json);
    const time = String(Math.floor(now().epochMilliseconds / 1000));
    const nonce = randomBytes(16).toString('hex');
    const text = [method, `/copier/v1${path}`, time, nonce, sha256(body)].join('\n');
    const signature = createHmac('sha256', key.secret).update(text).digest('hex');
    const headers = {
      'copier-key': key.keyId,
      'copier-time': time,
      'copier-nonce': nonce,
      'copier-signature': signature,
    };
    return fetch(`${address}/copier/v1${path}`, { method, headers, ...(body === '' ? {} : { body }) });
  };
  const answer = async <Body>(sent: Promise<Response>): Promise<Body> => {
    const response = await sent;
    if (!response.ok) throw new Error(`the gateway answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Body;
  };
  /** Looks a number up, claims it, and fetches every document, as printing begins. */
  const fetchAll = async (printNumber: string, pin: string): Promise<Fetched[]> => {
    const device = 'd1';
    const { claimToken } = await answer<{ claimToken: string }>(
      call('POST', '/lookups', { printNumber, pin, device }),
    );
    const lease = await answer<{ claim: string; documents: { document: number }[] }>(
      call('POST', '/claims', { claimToken, device }),
    );
    const fetched: Fetched[] = [];
    for (const { document } of lease.documents) {
      const response = await call('GET', `/claims/${lease.claim}/documents/${document}`);
      if (!response.ok) throw new Error(`no document: ${response.status}`);
      fetched.push({ document, pdf: new Uint8Array(await response.arrayBuffer()) });
    }
    return fetched;
  };
  return { call, fetchAll };
};
