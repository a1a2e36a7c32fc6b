// Changes the language as soon as another is chosen; without script the button beside the list does it.
const form = document.querySelector<HTMLFormElement>('form.language');
const button = form?.querySelector('button');
if (form && button) {
  button.hidden = true;
  form.querySelector('select')?.addEventListener('change', () => form.requestSubmit(button));
}

export {};
