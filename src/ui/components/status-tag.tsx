export type StatusTone = 'good' | 'waiting' | 'bad' | 'quiet';
const SHAPE: Readonly<Record<StatusTone, string>> = { good: '●', waiting: '◐', bad: '▲', quiet: '○' };

/** A state as word, shape and colour; never colour alone. */
export const StatusTag = ({ tone, children }: { tone: StatusTone; children: string }) => (
  <span class={`tag tag-${tone}`}>
    <span aria-hidden="true">{SHAPE[tone]}</span> {children}
  </span>
);
