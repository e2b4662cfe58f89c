/** The table of every list. The address says in which order its rows are. */
import type { ComponentChildren } from 'preact';
import { type Listing, type Order, ordered, orderOf, unknownOrder } from '../../listing.ts';
import { useQuery } from '../use-query.ts';
import { useWindow } from '../use-window.ts';
import { Time } from './basics.tsx';
import { type Choice, Choose, ChooseAll } from './choose.tsx';
import { OrderHeading } from './order-heading.tsx';
import { scrollable } from './scrollable.ts';

interface Widths {
  /** Right-aligned, for numbers. */
  right?: true;
  /** For long texts, which wrap. */
  wide?: true;
}

export interface Column<Row> extends Widths {
  title: string;
  /** Name of the order by this column; without it, the column cannot be ordered by. */
  by?: string;
  /** Value to order by; absent where the rows come in order. */
  value?(row: Row): string | number | undefined;
  /** Width in a long table, for example `6rem`; one column without it takes the rest. */
  width?: string;
  cell(row: Row): ComponentChildren;
}

/** Returns a column that is ordered by the value that it shows; a row without the value has a dash. */
export const valueColumn = <Row, Value extends string | number>(
  title: string,
  by: string,
  value: (row: Row) => Value | undefined,
  { show = (given) => given, ...rest }: { show?(value: Value): ComponentChildren } & Widths = {},
): Column<Row> => ({
  ...{ title, by, value, ...rest },
  cell(row) {
    const given = value(row);
    return given === undefined ? '–' : show(given);
  },
});

export const showTime = (time: string | number) => <Time of={time} />;

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string;
  sortable?: true;
  choice?: Choice<Row>;
}

export function Table<Row>(props: Props<Row>) {
  const { label, rows, order, problem } = useOrder(props);
  return (
    <section class="table" aria-label={label} {...scrollable}>
      {problem}
      <table>
        <Head {...props} order={order} />
        <tbody>
          {rows.map((row) => (
            <tr key={props.keyOf(row)}>
              <Cells {...props} row={row} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface LongProps<Row> extends Props<Row> {
  class: string;
  /** Height of the frame that scrolls, and estimated height of a row, in px. */
  maxHeight: number;
  rowHeight: number;
  /** Stays at the end while rows are added. */
  followEnd: boolean;
  /** The row that is shown in full. */
  open: string | undefined;
  onOpen(row: Row): void;
  /** Returns the class of a row. */
  kind(row: Row): string;
}

/** A table of any length; only visible rows are rendered. */
export function LongTable<Row>(props: LongProps<Row>) {
  const { label, columns, keyOf, maxHeight, rowHeight, followEnd, open, onOpen, kind } = props;
  const { rows, order, problem } = useOrder(props);
  const { frame, body, first, last, above, below } = useWindow<HTMLElement, HTMLTableSectionElement>({
    count: rows.length,
    rowHeight,
    followEnd: followEnd && !order,
  });
  return (
    <section
      ref={frame}
      class={`table long ${props.class}`}
      aria-label={label}
      {...scrollable}
      style={{ maxHeight: `${maxHeight}px` }}
    >
      {problem}
      <table aria-rowcount={rows.length + 1}>
        <colgroup>
          {columns.map(({ title, width = 'auto' }) => (
            <col key={title} style={{ width }} />
          ))}
        </colgroup>
        <Head {...props} order={order} />
        <tbody ref={body}>
          <Gap height={above} />
          {rows.slice(first, last).map((row, offset) => (
            <tr
              key={keyOf(row)}
              data-row={first + offset}
              aria-rowindex={first + offset + 2}
              aria-current={keyOf(row) === open ? 'true' : undefined}
              class={kind(row)}
              onClick={() => onOpen(row)}
            >
              <Cells {...props} row={row} />
            </tr>
          ))}
          <Gap height={below} />
        </tbody>
      </table>
    </section>
  );
}

/** Takes the place of rows that are not rendered. */
const Gap = ({ height }: { height: number }) =>
  height > 0 ? <tr class="gap" style={{ height: `${height}px` }} /> : null;

/** Returns the rows in the order that the address says, and what is wrong with that. */
function useOrder<Row>({ label, columns, rows, sortable }: Props<Row>) {
  const [query] = useQuery();
  const fields: Record<string, NonNullable<Column<Row>['value']> | undefined> = {};
  for (const { by, value } of columns) if (by) fields[by] = value;
  const order = sortable && orderOf(query, fields);
  const problem = sortable && !order && query.get('sort') && (
    <p class="problem" role="status">
      {unknownOrder(query, Object.keys(fields))}
    </p>
  );
  return { label, rows: ordered(rows, fields as Listing<Row>['fields'], order), order, problem };
}

function Head<Row>({
  columns,
  rows,
  keyOf,
  sortable,
  choice,
  order,
}: Props<Row> & { order: Order | undefined }) {
  return (
    <thead>
      <tr>
        {choice && <ChooseAll rows={rows} keyOf={keyOf} choice={choice} />}
        {columns.map(({ title, by, right }) =>
          sortable && by ? (
            <OrderHeading key={title} title={title} by={by} right={right} order={order} />
          ) : (
            <th key={title} scope="col" class={right && 'right'}>
              {title}
            </th>
          ),
        )}
      </tr>
    </thead>
  );
}

function Cells<Row>({ columns, keyOf, choice, row }: Props<Row> & { row: Row }) {
  return (
    <>
      {choice && <Choose row={row} of={keyOf(row)} choice={choice} />}
      {columns.map(({ title, right, wide, cell }) => (
        <td key={title} class={(right && 'right number') || (wide && 'wide')}>
          {cell(row)}
        </td>
      ))}
    </>
  );
}
