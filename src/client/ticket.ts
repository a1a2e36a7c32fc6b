// Adds the copy button to the ticket, where the browser can copy; the page is complete without it.
const digits = document.querySelector<HTMLElement>('[data-ticket-number]');
const button = document.querySelector<HTMLButtonElement>('[data-ticket-copy]');
const status = document.querySelector<HTMLElement>('[data-ticket-status]');

if (digits && button && status && 'clipboard' in navigator) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(digits.dataset['ticketNumber'] ?? '');
    status.textContent = button.dataset['copied'] ?? '';
  });
}
