/** Finds and orders the rows of a list by the query in its address. The server and the page share it. */
import { Refusal } from './responses.ts';

type Value = string | number | undefined;

/** Properties by which a list of rows can be searched, filtered and ordered. */
export interface Listing<Row> {
  /** Values to order by, and to filter by: `status=FAILED`; a repeated name accepts each of its values. */
  fields: Readonly<Record<string, (row: Row) => Value>>;
  /** Text that `text=` searches, in any case. */
  text(row: Row): string;
  /** Time for `since=1h`, `from=` and `to=`, in ms since 1970. */
  time(row: Row): number;
  /** Names of fields that the page offers as choices. */
  choices: readonly string[];
}

export interface Order {
  by: string;
  descending: boolean;
}

/** One page of a list, with what the filters of the list offer. */
export interface Page<Row> {
  rows: Row[];
  /** Number of rows that match, and of all rows. */
  matching: number;
  total: number;
  /** From 1. */
  page: number;
  pages: number;
  /** Number of rows for each value of the offered fields. */
  choices: Record<string, Record<string, number>>;
}

const pageSize = 100;
const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Returns the order that `sort=name` or `sort=-name` requests, if the list has that field. */
export function orderOf(query: URLSearchParams, fields: object): Order | undefined {
  const [, minus, by = ''] = /^(-?)(.*)$/.exec(query.get('sort') ?? '') ?? [];
  return Object.hasOwn(fields, by) ? { by, descending: minus === '-' } : undefined;
}

/** Returns the same, and refuses a field that the list does not have. */
function checkedOrder(query: URLSearchParams, fields: object): Order | undefined {
  const order = orderOf(query, fields);
  if (!order && query.get('sort')) throw new Refusal(400, unknownOrder(query, Object.keys(fields)));
  return order;
}

export const unknownOrder = (query: URLSearchParams, names: readonly string[]): string =>
  `sort=${query.get('sort')} is not a field of this list; it has ${names.join(', ')}`;

/** Returns the earliest and the latest time that a query accepts, in ms since 1970. */
function spanOf(query: URLSearchParams, now: number): readonly [from: number, to: number] {
  const since = query.get('since');
  const [, count = '', unit = ''] = /^(\d{1,6})([mhd])$/.exec(since ?? '') ?? [];
  if (since && !count) throw new Refusal(400, `since=${since} is not a time span; write 15m, 4h or 7d`);
  const start = count ? now - Number(count) * (units[unit] ?? 0) : Number.NEGATIVE_INFINITY;
  return [timeIn(query, 'from') ?? start, timeIn(query, 'to') ?? Number.POSITIVE_INFINITY];
}

function timeIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (!text) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new Refusal(400, `${name}=${text} is not a time; write 2026-01-31T08:00:00Z`);
  return time;
}

/** Returns a function that accepts the rows that a query asks for. `now` is the cloud's time. */
export function filterOf<Row>(
  { fields, text, time }: Listing<Row>,
  query: URLSearchParams,
  now: number,
): (row: Row) => boolean {
  const wanted = (query.get('text') ?? '').trim().toLowerCase();
  const [from, to] = spanOf(query, now);
  const exact = Object.entries(fields).flatMap(([name, field]) => {
    const accepted = query.getAll(name).filter(Boolean);
    return accepted.length ? [{ field, accepted }] : [];
  });
  return (row) =>
    time(row) >= from &&
    time(row) <= to &&
    exact.every(({ field, accepted }) => accepted.includes(String(field(row) ?? ''))) &&
    (!wanted || text(row).toLowerCase().includes(wanted));
}

const collator = new Intl.Collator('en', { numeric: true });

/** Returns the rows in an order; rows without a value come last, and equal rows keep their order. */
export function ordered<Row>(
  rows: readonly Row[],
  fields: Listing<Row>['fields'],
  order: Order | undefined,
): readonly Row[] {
  const field = order && fields[order.by];
  if (!field) return rows;
  const sign = order.descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, value: field(row) }));
  keyed.sort(({ value: one }, { value: other }) => {
    if (one === undefined || other === undefined)
      return Number(one === undefined) - Number(other === undefined);
    if (typeof one === 'number' && typeof other === 'number') return sign * (one - other);
    return sign * collator.compare(String(one), String(other));
  });
  return keyed.map(({ row }) => row);
}

/** Returns all rows that a query asks for, in its order. */
export const found = <Row>(
  rows: readonly Row[],
  listing: Listing<Row>,
  query: URLSearchParams,
  now: number,
): readonly Row[] =>
  ordered(rows.filter(filterOf(listing, query, now)), listing.fields, checkedOrder(query, listing.fields));

/** Counts the rows for each value of the fields that the page offers as choices. */
export function choicesOf<Row>(rows: readonly Row[], { choices, fields }: Listing<Row>) {
  const counted: Page<Row>['choices'] = {};
  for (const name of choices) {
    const counts = new Map<string, number>();
    for (const row of rows) {
      const value = fields[name]?.(row);
      if (value !== undefined) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
    }
    counted[name] = Object.fromEntries([...counts].sort(([one], [other]) => collator.compare(one, other)));
  }
  return counted;
}

/** Returns the page that a query asks for, or the last one if there are fewer; for an export one page with all rows. */
export function pageOf<Row>(
  all: readonly Row[],
  listing: Listing<Row>,
  query: URLSearchParams,
  now: number,
): Page<Row> {
  const rows = found(all, listing, query, now);
  const size = query.has('export') ? Number.POSITIVE_INFINITY : pageSize;
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(query.get('page'))) || 1));
  return {
    rows: page === 1 ? rows.slice(0, size) : rows.slice((page - 1) * size, page * size),
    matching: rows.length,
    total: all.length,
    page,
    pages,
    choices: choicesOf(all, listing),
  };
}
