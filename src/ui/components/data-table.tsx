import type { ComponentChildren } from 'preact';

export type Column = { readonly label: string; readonly numeric?: boolean };

/** A table with a caption, scrolling sideways by keyboard too where it is wider than the page. */
export const DataTable = ({
  caption,
  columns,
  rows,
}: {
  caption: string;
  columns: readonly Column[];
  rows: readonly (readonly ComponentChildren[])[];
}) => (
  <section class="table-scroll" tabIndex={0} aria-label={caption}>
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ label, numeric }) => (
            <th key={label} scope="col" class={numeric ? 'numeric' : ''}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, at) => (
              <td key={at} class={columns[at]?.numeric ? 'numeric' : ''}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
