/** What a delivery report says of one recipient (RFC 3464 §2.3). */
export type DeliveryStatus = {
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /** RFC 3463, such as `5.1.1`. */
  readonly status: string;
};

const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;
const isAction = (text: string): text is DeliveryStatus['action'] =>
  (ACTIONS as readonly string[]).includes(text);

/** More parts or blocks than this no honest report has. */
const MOST_PARTS = 20;
const MOST_BLOCKS = 50;

type Entity = { readonly headers: ReadonlyMap<string, string>; readonly body: string };

const readFields = (block: string): Map<string, string> => {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    if (!fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
};

const readEntity = (text: string): Entity => {
  const gap = /\r?\n\r?\n/.exec(text);
  if (gap === null) return { headers: readFields(text), body: '' };
  return { headers: readFields(text.slice(0, gap.index)), body: text.slice(gap.index + gap[0].length) };
};

const typeOf = ({ headers }: Entity): string =>
  (headers.get('content-type') ?? 'text/plain').split(';')[0]?.trim().toLowerCase() ?? '';

const boundaryOf = ({ headers }: Entity): string | undefined => {
  const found = /;\s*boundary\s*=\s*(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
    headers.get('content-type') ?? '',
  );
  return found?.[1] ?? found?.[2];
};

const decode = ({ headers, body }: Entity): string => {
  const encoding = (headers.get('content-transfer-encoding') ?? '').toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return body;
  return body
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
};

/**
 * Reads a multipart/report of report-type delivery-status; null when the message is anything else, or says nothing
 * that can be understood. Time and memory grow with the length only: nothing nested is followed, so the caller's size
 * limit is the whole guard.
 */
export const readDeliveryReport = (message: string): readonly DeliveryStatus[] | null => {
  const report = readEntity(message);
  const boundary = boundaryOf(report);
  if (typeOf(report) !== 'multipart/report' || boundary === undefined) return null;
  const parts = `\n${report.body}`.split(`\n--${boundary}`, MOST_PARTS).slice(1);
  const status = parts
    .map((part) => readEntity(part.replace(/^[ \t]*\r?\n/, '')))
    .find((part) => /^message\/(global-)?delivery-status$/.test(typeOf(part)));
  if (status === undefined) return null;
  const blocks = decode(status).split(/\r?\n(?:[ \t]*\r?\n)+/, MOST_BLOCKS);
  const found = blocks.flatMap((block): DeliveryStatus[] => {
    const fields = readFields(block);
    const action = (fields.get('action') ?? '').toLowerCase().split(/[\s(]/)[0] ?? '';
    const code = /^([245]\.\d{1,3}\.\d{1,3})\b/.exec(fields.get('status') ?? '')?.[1];
    return isAction(action) && code !== undefined ? [{ action, status: code }] : [];
  });
  return found.length === 0 ? null : found;
};
