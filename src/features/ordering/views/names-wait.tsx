import { spellGlyph } from '#domain/certificate/printed-names.ts';
import { contactFor } from '#domain/university/contact.ts';
import { messagesFor } from '#messages/messages.ts';
import { formatInstant } from '#platform/i18n/format.ts';
import { nameIn } from '#platform/i18n/language.ts';
import type { ViewContext } from './order-state.tsx';

type Props = {
  readonly glyphs: readonly string[];
  readonly deadline: Temporal.Instant;
  readonly view: ViewContext;
  /** Before the order is submitted, or after. */
  readonly submitted: boolean;
};

/** Which character cannot be printed, what happens next, until when, and whom to ask. */
export const NamesWait = ({ glyphs, deadline, view, submitted }: Props) => {
  const { language, dependencies } = view;
  const texts = messagesFor(language).names;
  const contact = contactFor(dependencies.university.contacts, 'content');
  return (
    <section class="notice stack" aria-labelledby="names">
      <h2 id="names">{texts.title}</h2>
      <p>{texts.which(glyphs.map(spellGlyph))}</p>
      <p>{submitted ? texts.next : texts.before}</p>
      <p>{texts.until(formatInstant(deadline, language))}</p>
      {contact === undefined ? null : <p>{texts.ask(nameIn(contact, language), contact.telephone)}</p>}
    </section>
  );
};
