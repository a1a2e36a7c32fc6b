import { createHash, createHmac, randomBytes } from 'node:crypto';

export type CopierNetwork = {
  readonly code: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly keyId: string;
  readonly secret: string;
};
export type Offer = { claimToken: string; pages: number; sheets: number; priceYen: number; deadline: string };
export type Lease = {
  claim: string;
  fence: number;
  documents: { document: number; pages: number; sha256: string }[];
};
export type Impression = { document: number; result: 'completed' | 'partial' | 'failed'; pages: number };

/** Signs one request as docs/copier-gateway.md says. */
export const signedHeaders = (
  network: Pick<CopierNetwork, 'keyId' | 'secret'>,
  {
    method,
    url,
    body,
    time,
    nonce,
  }: { method: string; url: string; body: string; time: string; nonce: string },
): Record<string, string> => {
  const { pathname, search } = new URL(url);
  const bodyHash = createHash('sha256').update(body).digest('hex');
  const text = [method, `${pathname}${search}`, time, nonce, bodyHash].join('\n');
  const signature = createHmac('sha256', network.secret).update(text).digest('hex');
  const headers = { 'copier-key': network.keyId, 'copier-time': time, 'copier-nonce': nonce };
  return { ...headers, 'copier-signature': signature };
};

/** The gateway's refusal: its HTTP status and problem name. */
export class GatewayRefusal extends Error {
  readonly status: number;
  constructor(status: number, type: string) {
    super(type);
    this.status = status;
  }
}

/** Makes one request; `fetch` is one such. */
export type Fetch = (
  url: string,
  init: { readonly method: string; readonly headers: Record<string, string>; readonly body?: string },
) => Promise<
  Pick<Response, 'ok' | 'status' | 'json'> & {
    readonly headers: Pick<Headers, 'get'>;
    readonly bytes: () => Promise<Uint8Array>;
  }
>;

/** A copier's side of the protocol; `gatewayUrl` is the address of the service. */
export const createGatewayClient = (
  gatewayUrl: string,
  network: CopierNetwork,
  device: string,
  request: Fetch = fetch,
) => {
  const call = async (method: string, path: string, json?: unknown) => {
    const url = `${gatewayUrl}/copier/v1${path}`;
    const body = json === undefined ? '' : JSON.stringify(json);
    const time = String(Math.floor(Date.now() / 1000));
    const nonce = randomBytes(16).toString('base64url');
    const headers = signedHeaders(network, { method, url, body, time, nonce });
    const init =
      json === undefined ? {} : { body, headers: { ...headers, 'Content-Type': 'application/json' } };
    const response = await request(url, { method, headers, ...init });
    if (response.ok) return response;
    const problem = (await response.json().catch(() => ({}))) as { type?: string };
    throw new GatewayRefusal(response.status, problem.type ?? 'unknown');
  };
  const post = async <Answer>(path: string, json: unknown): Promise<Answer> =>
    (await call('POST', path, json)).json() as Promise<Answer>;
  return {
    lookUp: (printNumber: string, pin: string) => post<Offer>('/lookups', { printNumber, pin, device }),
    claim: (claimToken: string) => post<Lease>('/claims', { claimToken, device }),
    download: async (claim: string, document: number): Promise<Uint8Array> => {
      const response = await call('GET', `/claims/${claim}/documents/${document}`);
      const bytes = await response.bytes();
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      if (sha256 !== response.headers.get('copier-sha256')) throw new Error('the document arrived damaged');
      return bytes;
    },
    pages: (claim: string, fence: number, pages: number) =>
      post<object>(`/claims/${claim}/pages`, { fence, pages }),
    outcome: (claim: string, fence: number, impressions: Impression[]) =>
      post<{ completed: number; remaining: number }>(`/claims/${claim}/outcome`, { fence, impressions }),
  };
};
