import type { ComponentChildren } from 'preact';

/** More for those who want it; works without script. */
export const Details = ({
  title,
  open = false,
  children,
}: {
  title: string;
  open?: boolean;
  children: ComponentChildren;
}) => (
  <details class="more" open={open}>
    <summary>{title}</summary>
    <div>{children}</div>
  </details>
);
