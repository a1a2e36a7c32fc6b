/** Copies a text; `src/client/copy.ts` shows it where the browser can, and the page is complete without it. */
export const CopyButton = ({
  text,
  label,
  copied,
}: {
  readonly text: string;
  readonly label: string;
  /** What is said once it is copied. */
  readonly copied: string;
}) => (
  <div class="copy">
    <button type="button" class="button button--secondary" hidden data-copy={text} data-copied={copied}>
      {label}
    </button>
    <span role="status" />
  </div>
);
