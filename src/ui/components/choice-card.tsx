import type { ComponentChildren } from 'preact';

export type ChoiceCardProps = {
  readonly type: 'radio' | 'checkbox';
  readonly name: string;
  readonly value: string;
  readonly title: string;
  readonly line?: string | undefined;
  /** Price and when ready, at the right. */
  readonly aside?: ComponentChildren;
  readonly checked?: boolean;
  /** Why it cannot be chosen; the card stays visible. */
  readonly reason?: string | undefined;
};

/** A choice whose whole card is the target. */
export const ChoiceCard = (choice: ChoiceCardProps) => (
  <label class={choice.reason === undefined ? 'choice' : 'choice choice-closed'}>
    <input
      type={choice.type}
      name={choice.name}
      value={choice.value}
      checked={choice.checked ?? false}
      disabled={choice.reason !== undefined}
    />
    <span class="choice-text">
      <span class="choice-title">{choice.title}</span>
      {choice.line === undefined ? null : <span class="choice-line">{choice.line}</span>}
      {choice.reason === undefined ? null : <span class="choice-reason">{choice.reason}</span>}
    </span>
    {choice.aside === undefined ? null : <span class="choice-aside">{choice.aside}</span>}
  </label>
);
