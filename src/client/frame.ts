// Leads the reader to what must be mended, closes the ⚙ menu by Escape or a press elsewhere, and changes the language as
// soon as another is chosen; without script the button beside the list does it.
document.querySelector<HTMLElement>('#error-summary')?.focus();
const menu = document.querySelector<HTMLDetailsElement>('details.menu');
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !menu?.open) return;
  menu.open = false;
  menu.querySelector('summary')?.focus();
});
document.addEventListener('click', (event) => {
  if (menu?.open && event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
});
const form = document.querySelector<HTMLFormElement>('form.language');
const button = form?.querySelector('button');
if (form && button) {
  button.hidden = true;
  form.querySelector('select')?.addEventListener('change', () => form.requestSubmit(button));
}

export {};
