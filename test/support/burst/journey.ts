import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { inflateRawSync } from 'node:zlib';
import { createGatewayClient } from '#dev/copier/gateway-client.ts';
import { checkCodeOf, decodeSealUrl, openSeal } from '#domain/seal/seal.ts';
import { withPdfPages } from '#platform/pdf-pages.ts';
import { readQrCode } from '#platform/qr-code.ts';
import { principalOf, studentNumberOf } from '#test/support/many-students.ts';
import type { Relay } from '#test/support/relay.ts';
import { STUDENT } from '#test/support/saml-campus.ts';
import type { Answer, Browser } from './browser.ts';
import { openBurstBrowser } from './browser.ts';
import type { CampusAnswer } from './campus-answer.ts';
import type { Connections } from './connections.ts';
import { fetchOver } from './connections.ts';

export type World = {
  readonly address: string;
  readonly campusAnswer: CampusAnswer;
  readonly companyKey: string;
  readonly copier: { readonly code: string; readonly keyId: string; readonly secret: string };
  readonly relay: Relay;
  /** The copiers' connections to the service, and the payer's to the company. */
  readonly copiers: Connections;
  readonly company: Connections;
  readonly termsVersion: string;
};

/** Runs a step, and keeps how long the person waited for it. */
export type Timed = <Result>(step: string, work: () => Promise<Result>) => Promise<Result>;

/** Of so many sheets one is read from its picture and typed in by the recipient, who is asked for less a minute than that. */
const LOOKED_AT_EVERY = 100;
const DEVICES = 50;
/** How long anybody would wait. */
const PATIENCE_MS = 1_800_000;

const attributesOf = (number: number) =>
  STUDENT.map((attribute, index) => ({
    ...attribute,
    values: [index === 0 ? principalOf(number) : `student:${studentNumberOf(number)}@akatsuki.example`],
  }));

const found = (text: string, pattern: RegExp, what: string): string => {
  const value = pattern.exec(text)?.[1];
  if (value === undefined)
    throw new Error(
      `${what} is not on the page: ${/<h1[^>]*>(.*?)<\/h1>/s.exec(text)?.[1] ?? text.slice(0, 200)}`,
    );
  return value.replaceAll('&amp;', '&');
};

const at = (answer: Answer, path: string | RegExp): Answer => {
  assert.equal(answer.status, 200, `${answer.path} answered ${answer.status}`);
  const isThere = typeof path === 'string' ? answer.path.startsWith(path) : path.test(answer.path);
  assert.ok(isThere, `${answer.path} instead of ${path}`);
  return answer;
};

const signIn = async (world: World, browser: Browser, number: number, timed: Timed): Promise<Answer> => {
  const { location } = await timed('sign-in.begin', () => browser.send('/sign-in'));
  const packed = new URL(location ?? '').searchParams.get('SAMLRequest') ?? '';
  const requestId = found(inflateRawSync(Buffer.from(packed, 'base64')).toString(), /\bID="([^"]*)"/, 'ID');
  const SAMLResponse = world.campusAnswer(requestId, attributesOf(number));
  const headers = { origin: 'null', 'sec-fetch-site': 'cross-site' };
  return timed('sign-in.answer', () =>
    browser.open('/saml/acs', { method: 'POST', fields: { SAMLResponse }, headers }),
  );
};

/** The one-time URL of the mail that asks for confirmation, once it has come. */
const mailedPath = async ({ relay }: World, address: string): Promise<string> => {
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await setTimeout(200)) {
    const mail = relay.received.find(
      ({ to, raw }) => to === address && raw.includes('/mail-address/confirm/'),
    );
    const text = mail?.raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
    if (text !== undefined) return found(text, /(\/mail-address\/confirm\/[\w-]+)/, 'the URL');
  }
  throw new Error(`no mail to ${address}`);
};

/** A first login: terms, mail address, the mail, then on to the order. */
const register = async (world: World, browser: Browser, number: number, timed: Timed): Promise<Answer> => {
  const fields = { agree: world.termsVersion, return: '/order/destination' };
  const setting = await timed('first.terms', () => browser.open('/terms', { method: 'POST', fields }));
  at(setting, '/mail-address');
  const address = `many${number}@example.jp`;
  const typed = { address, check: address };
  at(
    await timed('first.address', () => browser.open('/mail-address', { method: 'POST', fields: typed })),
    '/mail-address/waiting',
  );
  const path = await timed('first.mail', () => mailedPath(world, address));
  at(await timed('first.link', () => browser.open(path)), path);
  at(await timed('first.set', () => browser.open(path, { method: 'POST', fields: {} })), path);
  return timed('first.destination', () => browser.open('/order/destination'));
};

/** In ten orders seven Japanese certificates of enrolment, one English, two transcripts. */
const wishOf = (number: number): string => {
  const place = number % 10;
  if (place < 2) return 'transcript.ja';
  return place === 2 ? 'enrolment.en' : 'enrolment.ja';
};

const order = async (browser: Browser, number: number, timed: Timed): Promise<string> => {
  const post = (path: string, fields: Record<string, string>) =>
    browser.open(path, { method: 'POST', fields });
  const certificates = at(
    await timed('destination', () => post('/order/destination', { destination: 'store' })),
    '/order/certificates',
  );
  const field = found(
    certificates.html,
    new RegExp(`name="(copies\\.[^"]+\\.${wishOf(number)})"`),
    'the certificate',
  );
  const confirmation = at(
    await timed('certificates', () => post('/order/certificates', { [field]: '1', action: 'next' })),
    '/order/confirmation',
  );
  const key = found(confirmation.html, /name="key" value="([^"]+)"/, 'the key');
  const payment = at(
    await timed('submit', () => post('/order/confirmation', { key })),
    /^\/orders\/[^/]+\/payment$/,
  );
  return found(payment.path, /^\/orders\/([^/]+)\//, 'the order');
};

const pay = async (world: World, browser: Browser, orderNumber: string, timed: Timed): Promise<void> => {
  const path = `/orders/${orderNumber}/payment`;
  const going = await timed('payment', () =>
    browser.open(path, { method: 'POST', fields: { method: 'card' } }),
  );
  const checkout = found(going.html, /\/pay\/(chk_[\w-]+)/, 'the checkout');
  const headers = { Authorization: `Bearer ${world.companyKey}` };
  const act = `/v1/test/checkouts/${checkout}/succeed`;
  const paid = await world.company.ask({ method: 'POST', path: act, headers, body: '' });
  assert.equal(paid.status, 204, 'the company took the money');
};

/** The ticket, on the page that the payer comes back to or on the one that this fetches by itself, which is held until it is there. */
const awaitTicket = async (browser: Browser, orderNumber: string, timed: Timed) => {
  let page = await timed('return', () => browser.open(`/orders/${orderNumber}/payment/return`));
  const until = performance.now() + PATIENCE_MS;
  while (!page.html.includes('data-ticket-number')) {
    assert.equal(page.status, 200, `${page.path} answered ${page.status}`);
    if (performance.now() > until) throw new Error(`no ticket for ${orderNumber}`);
    const { afterMs, path } = page.again ?? { afterMs: 3000, path: page.path };
    await setTimeout(afterMs);
    const isHeld = path.endsWith('?wait');
    page = await timed(isHeld ? 'ticket.held' : 'ticket', () => browser.open(path));
  }
  const printNumber = found(page.html, /data-ticket-number="(\d+)"/, 'the number');
  const pin = found(page.html, /<strong class="ticket-digits">(\d+)</, 'the PIN');
  return { printNumber, pin };
};

const print = async (
  { address, copier, copiers }: World,
  ticket: { printNumber: string; pin: string },
  { number, timed }: { number: number; timed: Timed },
): Promise<Uint8Array> => {
  const network = { ...copier, nameJa: '', nameEn: '' };
  const client = createGatewayClient(address, network, `burst-${number % DEVICES}`, fetchOver(copiers));
  const offer = await timed('copier.lookup', () => client.lookUp(ticket.printNumber, ticket.pin));
  const { claim, fence, documents } = await timed('copier.claim', () => client.claim(offer.claimToken));
  const [only] = documents;
  assert.equal(documents.length, 1);
  const pdf = await timed('copier.document', () => client.download(claim, only?.document ?? 1));
  const pages = only?.pages ?? 1;
  await timed('copier.pages', () => client.pages(claim, fence, pages));
  const impressions = [{ document: 1, result: 'completed' as const, pages }];
  const { completed } = await timed('copier.outcome', () => client.outcome(claim, fence, impressions));
  assert.equal(completed, 1);
  return pdf;
};

/** The text of the code at the foot of the first sheet, read from its picture. Whole sheets would take this process half a second. */
const readCode = (pdf: Uint8Array): Promise<string | null> =>
  withPdfPages(pdf, async ([first]) => {
    const foot = await first?.pixels(200, 'grey', { left: 0, below: 0, width: 0.4, height: 0.25 });
    return foot === undefined ? null : readQrCode(foot);
  });

/** What the page of a scanned code asks us for, in the recipient's browser; the seal itself never reaches us. */
const verify = async (world: World, pdf: Uint8Array, number: number, timed: Timed): Promise<void> => {
  const browser = openBurstBrowser(world.address, 'ja');
  try {
    at(await timed('verify.page', () => browser.open('/verify')), '/verify');
    const fetched = ['/verify/status.json', '/log/checkpoint'].map((path) => browser.send(path));
    const answers = await timed('verify.status', () => Promise.all(fetched));
    for (const answer of answers) assert.equal(answer.status, 200, answer.path);
    if (number % LOOKED_AT_EVERY !== 1) return;
    const seal = decodeSealUrl((await readCode(pdf)) ?? '').bytes;
    const fields = { serial: openSeal(seal).claims.serial, checkCode: await checkCodeOf(seal) };
    const typed = await timed('verify.typed', () => browser.open('/verify', { method: 'POST', fields }));
    assert.match(at(typed, '/verify').html, /data-verdict="valid"/);
  } finally {
    browser.close();
  }
};

/** One whole journey, from the start page to a sheet that somebody has checked. Throws at anything unexpected. */
export const walkJourney = async (world: World, number: number, timed: Timed): Promise<void> => {
  const browser = openBurstBrowser(world.address, number % 5 === 0 ? 'en' : 'ja');
  try {
    at(await timed('start', () => browser.open('/')), '/');
    let page = await signIn(world, browser, number, timed);
    if (page.path.startsWith('/terms')) page = await register(world, browser, number, timed);
    at(page, '/order/destination');
    const orderNumber = await order(browser, number, timed);
    await pay(world, browser, orderNumber, timed);
    const ticket = await timed('ticket.seen', () => awaitTicket(browser, orderNumber, timed));
    const pdf = await print(world, ticket, { number, timed });
    await verify(world, pdf, number, timed);
    at(await timed('my-orders', () => browser.open('/orders')), '/orders');
  } finally {
    browser.close();
  }
};
