import type { FieldProblem } from './field-frame.tsx';

/**
 * Every mistake of a form, each a link to its field. It takes the focus when the page opens: by itself, so that it does
 * without script too.
 */
export const ErrorSummary = ({ title, problems }: { title: string; problems: readonly FieldProblem[] }) =>
  problems.length === 0 ? null : (
    // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page was opened because of what stands here
    <div
      class="error-summary"
      id="error-summary"
      role="alert"
      aria-labelledby="error-summary-title"
      tabIndex={-1}
      autofocus
    >
      <h2 id="error-summary-title">{title}</h2>
      <ul>
        {problems.map(({ field, message }) => (
          <li key={field}>
            <a href={`#${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
