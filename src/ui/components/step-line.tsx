/** "2 of 5 Certificates" with a slim bar of the same meaning. */
export const StepLine = ({ text, now, of }: { text: string; now: number; of: number }) => (
  <div class="step-line">
    <p>{text}</p>
    <ol aria-hidden="true">
      {Array.from({ length: of }, (_, index) => (
        <li key={index} class={index < now ? 'step-done' : ''} />
      ))}
    </ol>
  </div>
);
