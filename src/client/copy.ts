// Shows the copy buttons of a page, where the browser can copy.
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  const status = button.nextElementSibling;
  if (!('clipboard' in navigator)) break;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset['copy'] ?? '');
    if (status) status.textContent = button.dataset['copied'] ?? '';
  });
}
