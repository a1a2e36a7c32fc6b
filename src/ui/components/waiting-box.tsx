import type { ComponentChildren } from 'preact';

/** What we wait for and until when; changes in it are announced politely. */
export const WaitingBox = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <div class="waiting" role="status">
    <p class="waiting-title">{title}</p>
    {children}
  </div>
);
