import type { ComponentChildren } from 'preact';
import { Fragment } from 'preact';

export type SummaryRow = {
  readonly term: string;
  readonly value: ComponentChildren;
  readonly change?: { readonly href: string; readonly label: string };
};

/** Terms and values: "check your answers". */
export const SummaryList = ({ rows }: { rows: readonly SummaryRow[] }) => (
  <dl class="summary">
    {rows.map(({ term, value, change }) => (
      <Fragment key={term}>
        <dt>{term}</dt>
        <dd>
          {value}
          {change === undefined ? null : (
            <a class="summary-change" href={change.href} aria-label={`${change.label}: ${term}`}>
              {change.label}
            </a>
          )}
        </dd>
      </Fragment>
    ))}
  </dl>
);
