/** Where the reader is in a flow, in words; the bar below says the same to the eye. */
export const StepLine = ({ now, of, text }: { now: number; of: number; text: string }) => (
  <div class="step-line">
    <p>{text}</p>
    <ol aria-hidden="true">
      {Array.from({ length: of }, (_, index) => (
        <li key={index} class={index < now ? 'step-done' : ''} />
      ))}
    </ol>
  </div>
);
