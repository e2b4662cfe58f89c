/** The tables of the local cloud, and the items of one. */
import { useMemo } from 'preact/hooks';
import type { Item, ItemPage, ShownTable } from '../../model/tables.ts';
import { countText } from '../format.ts';
import { Link } from '../navigation.tsx';
import { Empty, FetchState } from '../parts/basics.tsx';
import { Detail } from '../parts/detail.tsx';
import { Export } from '../parts/export.tsx';
import { FilterBar } from '../parts/filter-bar.tsx';
import { Json } from '../parts/json.tsx';
import { Pager } from '../parts/pager.tsx';
import { type Column, Table, valueColumn } from '../parts/table.tsx';
import { TextFilter } from '../parts/text-filter.tsx';
import { useListing } from '../use-listing.ts';
import { useQuery } from '../use-query.ts';
import { useResource } from '../use-resource.ts';

const tableColumns: readonly Column<ShownTable>[] = [
  valueColumn('Table', 'name', ({ name }) => name, {
    show: (name) => <Link to={`/tables/${encodeURIComponent(name)}`}>{name}</Link>,
    wide: true,
  }),
  { title: 'Key', cell: ({ keys }) => <code>{keys.join(', ')}</code> },
  valueColumn('Items', 'items', ({ items }) => items, {
    show: (items) => items.toLocaleString(),
    right: true,
  }),
];

export function TablesView() {
  const { value, error } = useResource<ShownTable[]>('/api/tables', ['jobs', 'quota']);
  return (
    <main>
      <h1>Tables</h1>
      <p class="quiet">The tables of DynamoDB. Nothing can be changed here.</p>
      <FetchState value={value} error={error} />
      {value && (
        <Table label="Tables" columns={tableColumns} rows={value} keyOf={({ name }) => name} sortable />
      )}
    </main>
  );
}

export function ItemsView({ table }: { table: string }) {
  const path = `/api/tables/${encodeURIComponent(table)}`;
  const { value, error, query } = useListing<Item, ItemPage>(path, [`table:${table}`]);
  const [, set] = useQuery();
  const { keys = [], columns: names = [] } = value ?? {};
  const keyOf = (item: Item) => keys.map((key) => String(item[key])).join(' · ');
  const columns = useMemo(
    () => itemColumns(names, keys, (item) => set({ open: keyOf(item) })),
    [names.join('\n'), keys.join('\n')],
  );
  const opened = value?.rows.find((item) => keyOf(item) === query.get('open'));
  return (
    <main>
      <header>
        <p class="trail">
          <Link to="/tables">Tables</Link> / {table}
        </p>
        <h1 class="code">{table}</h1>
      </header>
      <FetchState value={value} error={error} />
      {value && (
        <FilterBar what="items" of={value} titles={{}} others={['prefix']} timeless>
          <TextFilter title={`${keys[0]} begins with`} name="prefix" query={query} set={set} />
          <Export path={path} query={query} />
        </FilterBar>
      )}
      {value?.total === 0 && !query.has('prefix') && <Empty title="This table has no items." />}
      {value && value.rows.length > 0 && (
        <Table label="Items" columns={columns} rows={value.rows} keyOf={keyOf} sortable />
      )}
      {value && <Pager of={value} />}
      {opened && (
        <Detail title={keyOf(opened)} onClose={() => set({ open: undefined })}>
          <Json text={JSON.stringify(opened)} label={countText(Object.keys(opened).length, 'attribute')} />
        </Detail>
      )}
    </main>
  );
}

/** Longer values are not shown in a cell; the opened item has them. */
const longest = 120;
/** Shorter ones are not broken into lines. */
const oneLine = 40;

const itemColumns = (
  names: readonly string[],
  keys: readonly string[],
  onOpen: (item: Item) => void,
): readonly Column<Item>[] =>
  names.map((name) => ({
    title: name,
    by: `item.${name}`,
    ...(keys.includes(name) && { wide: true }),
    cell: (item) => {
      const text = textOf(Object.hasOwn(item, name) ? item[name] : undefined);
      if (name !== keys[0]) return text.length > oneLine ? text : <span class="unbroken">{text}</span>;
      return (
        <button type="button" class="open link" onClick={() => onOpen(item)}>
          {text}
        </button>
      );
    },
  }));

function textOf(value: unknown): string {
  if (value === undefined) return '–';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > longest ? countText(text.length, 'character') : text;
}
