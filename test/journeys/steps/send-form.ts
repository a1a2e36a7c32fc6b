import type { Page } from 'playwright-core';

/** Sends a form of one field from the page that is open, as a browser does. */
export const sendForm = (page: Page, action: string, field: string, value: string): Promise<unknown> =>
  page.evaluate(
    ([to, name, text]) => {
      const form = document.createElement('form');
      Object.assign(form, { method: 'post', action: to });
      const input = document.createElement('input');
      Object.assign(input, { type: 'hidden', name, value: text });
      form.append(input);
      document.body.append(form);
      form.submit();
    },
    [action, field, value] as const,
  );
