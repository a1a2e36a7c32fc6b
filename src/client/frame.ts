// Leads the reader to what must be mended, and closes the ⚙ menu by Escape or a press elsewhere.
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

export {};
