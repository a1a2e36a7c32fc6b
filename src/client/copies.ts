// Improves Select certificates: the buttons count without a new page, what is typed is saved at once, and the total
// follows. It only sends the form that a press of "Recalculate" would send.
const form = document.querySelector<HTMLFormElement>('form[data-copies]');
const total = document.querySelector('#total');
let timer: ReturnType<typeof setTimeout> | undefined;
let latest = 0;

const recalculate = async (form: HTMLFormElement): Promise<void> => {
  latest += 1;
  const mine = latest;
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
  body.set('action', 'recalculate');
  // Not `form.action`: the buttons have that name, and a form gives them before its attribute.
  const address = form.getAttribute('action') ?? '';
  const response = await fetch(address, { method: 'POST', body }).catch(() => null);
  if (response?.ok !== true || mine !== latest) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const fresh = page.querySelector('#total');
  if (fresh !== null && mine === latest) total?.replaceChildren(...fresh.childNodes);
};

if (form && total) {
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void recalculate(form), 400);
  };
  form.addEventListener('input', later);
  form.addEventListener('submit', () => clearTimeout(timer));
  form.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('.stepper__button') : null;
    const stepper = button?.closest<HTMLElement>('[data-stepper]');
    const input = stepper?.querySelector('input');
    if (!(button instanceof HTMLButtonElement) || !stepper || !input) return;
    event.preventDefault();
    const by = button.value.startsWith('+') ? 1 : -1;
    const now = Number.parseInt(input.value.normalize('NFKC'), 10) || 0;
    input.value = String(Math.min(Number(stepper.dataset['most']), Math.max(0, now + by)));
    later();
  });
}

export {};
