import type { ComponentChildren } from 'preact';

interface Column {
  title: string;
  /** Right-aligned, for numbers. */
  right?: true;
}

/** Shows a table with the given columns; the rows are the children. */
export function Table({ columns, children }: { columns: readonly Column[]; children: ComponentChildren }) {
  return (
    <div class="table">
      <table>
        <thead>
          <tr>
            {columns.map(({ title, right }) => (
              <th scope="col" key={title} class={right && 'right'}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
