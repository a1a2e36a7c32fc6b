import type { ComponentChildren } from 'preact';

type Props = {
  readonly type: 'radio' | 'checkbox';
  readonly name: string;
  readonly value: string;
  readonly id?: string;
  readonly title: string;
  readonly line?: string | undefined;
  /** At the right: the price and when it is ready. */
  readonly aside?: ComponentChildren;
  readonly checked?: boolean;
  /** Stays visible with its reason, which belongs into `children`. */
  readonly disabled?: boolean;
  readonly describedBy?: string | undefined;
  readonly children?: ComponentChildren;
};

/** One choice; the whole card is its target. */
export const ChoiceCard = ({ type, title, line, aside, children, describedBy, id, ...input }: Props) => (
  <label class={input.disabled === true ? 'choice choice--closed' : 'choice'}>
    <input type={type} id={id} aria-describedby={describedBy} {...input} />
    <span class="choice__text">
      <strong class="choice__title">{title}</strong>
      {line === undefined ? null : <span class="choice__line">{line}</span>}
      {children}
    </span>
    {aside === undefined ? null : <span class="choice__aside">{aside}</span>}
  </label>
);
