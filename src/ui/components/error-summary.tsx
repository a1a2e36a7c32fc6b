export type FieldError = { readonly field: string; readonly text: string };

/** What must be mended, at the top of the page; each line leads to its field. Nothing when all is well. */
export const ErrorSummary = ({ title, errors }: { title: string; errors: readonly FieldError[] }) =>
  errors.length === 0 ? null : (
    <div class="error-summary" role="alert" tabIndex={-1} id="error-summary">
      <h2>{title}</h2>
      <ul>
        {errors.map(({ field, text }) => (
          <li key={field}>
            <a href={`#${field}`}>{text}</a>
          </li>
        ))}
      </ul>
    </div>
  );
