import type { ComponentChildren } from 'preact';

type Look = { readonly kind?: 'primary' | 'secondary'; readonly children: ComponentChildren };
type ButtonProps = Look & { readonly name?: string; readonly value?: string; readonly id?: string };

/** Submits its form. The label says what happens ("Pay 660 yen"). */
export const Button = ({ kind = 'primary', children, ...rest }: ButtonProps) => (
  <button class={kind === 'primary' ? 'button' : 'button button--secondary'} type="submit" {...rest}>
    {children}
  </button>
);

/** A link that looks like a button, for steps that change nothing. */
export const LinkButton = ({ kind = 'primary', children, href }: Look & { readonly href: string }) => (
  <a class={kind === 'primary' ? 'button' : 'button button--secondary'} href={href}>
    {children}
  </a>
);
