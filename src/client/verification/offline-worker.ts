// Keeps the verification page where there is no network. `self.kept`, written by the server before this text, lists
// what belongs to the page and carries a version that changes with it.
type Worker = {
  readonly kept: {
    readonly version: string;
    readonly pages: readonly string[];
    readonly files: readonly string[];
  };
  readonly location: Location;
  skipWaiting: () => Promise<void>;
  readonly clients: { claim: () => Promise<void> };
  addEventListener: (type: string, listener: (event: WorkerEvent) => void) => void;
};
type WorkerEvent = {
  readonly request: Request;
  waitUntil: (work: Promise<unknown>) => void;
  respondWith: (answer: Promise<Response>) => void;
};

const worker = self as unknown as Worker;
const { version, pages, files } = worker.kept;
const NAME = `verification-${version}`;

/** Longer than a slow network needs, shorter than a reader's patience. */
const PATIENCE_MS = 4000;

const keepAll = async (): Promise<void> => {
  const cache = await caches.open(NAME);
  await cache.addAll([...pages, ...files]);
  await worker.skipWaiting();
};

const dropOld = async (): Promise<void> => {
  const names = (await caches.keys()).filter((name) => name.startsWith('verification-') && name !== NAME);
  await Promise.all(names.map((name) => caches.delete(name)));
  await worker.clients.claim();
};

/** The kept page in the asked language, else in the reader's, else the first. */
const keptPage = async (url: URL): Promise<Response> => {
  const cache = await caches.open(NAME);
  const languages = [url.searchParams.get('language'), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  const page =
    languages.map((language) => pages.find((one) => one.endsWith(`=${language}`))).find(Boolean) ?? pages[0];
  return (await cache.match(page ?? '')) ?? Response.error();
};

const freshOrKept = async (request: Request, url: URL): Promise<Response> => {
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return response.ok ? response : await keptPage(url);
  } catch {
    return keptPage(url);
  }
};

const keptOrFresh = async (request: Request): Promise<Response> =>
  (await (await caches.open(NAME)).match(request, { ignoreVary: true })) ?? fetch(request);

worker.addEventListener('install', (event) => event.waitUntil(keepAll()));
worker.addEventListener('activate', (event) => event.waitUntil(dropOld()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (request.mode === 'navigate' && url.pathname === '/verify') event.respondWith(freshOrKept(request, url));
  else if (files.includes(url.pathname)) event.respondWith(keptOrFresh(request));
});
