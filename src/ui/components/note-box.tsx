import type { ComponentChildren } from 'preact';

/** The manual's Note, with its heading "Be sure to read the Notes.". */
export const NoteBox = ({
  title,
  heading,
  children,
}: {
  title: string;
  heading: string;
  children: ComponentChildren;
}) => (
  <section class="note">
    <h2>{title}</h2>
    <p class="note-heading">{heading}</p>
    {children}
  </section>
);
