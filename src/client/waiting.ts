// Notices on the waiting page what happened elsewhere: the mail was accepted or refused, the address confirmed.
const page = document.querySelector<HTMLElement>('[data-waiting]');
const delivery = document.querySelector<HTMLElement>('[data-delivery]');
const announcement = document.querySelector<HTMLElement>('[data-announce]');
const EVERY_MS = 4000;

type State = { readonly state: 'open' | 'confirmed' | 'closed'; readonly delivery: string };

const announce = (text: string): void => {
  if (announcement !== null) announcement.textContent = text;
};

const ask = async (url: string): Promise<void> => {
  const answer = await fetch(url, { headers: { accept: 'application/json' } }).catch(() => null);
  // A lost network comes back; a lost session is told by the page itself.
  if (answer !== null && !answer.ok) return location.reload();
  const now = answer === null ? null : ((await answer.json()) as State);
  if (now !== null && now.state !== 'open') {
    if (now.state === 'confirmed') announce(page?.dataset['confirmed'] ?? '');
    // Without `?asked=1`, and without anything half typed being sent again.
    return location.assign(location.pathname);
  }
  if (now !== null && delivery !== null && delivery.textContent !== now.delivery) {
    delivery.textContent = now.delivery;
    announce(now.delivery);
  }
  setTimeout(() => void ask(url), EVERY_MS);
};

const url = page?.dataset['waiting'];
if (url !== undefined) setTimeout(() => void ask(url), EVERY_MS);

export {};
