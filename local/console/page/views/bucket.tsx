/** The bucket as folders, with a preview of each object. */
import type { StoredObject } from '../../../cloud-access.ts';
import type { Folder } from '../../model/bucket.ts';
import { sizeText } from '../format.ts';
import { Link } from '../navigation.tsx';
import { Empty, FetchState, Problem } from '../parts/basics.tsx';
import { Detail } from '../parts/detail.tsx';
import { Export } from '../parts/export.tsx';
import { ObjectPreview, objectUrl } from '../parts/object-preview.tsx';
import { type Column, showTime, Table, valueColumn } from '../parts/table.tsx';
import { useQuery } from '../use-query.ts';
import { useResource } from '../use-resource.ts';

const folderPath = (prefix: string) => `/bucket${prefix ? `?${new URLSearchParams({ prefix })}` : ''}`;

type Row = { folder: string } | StoredObject;
const isFolder = (row: Row): row is { folder: string } => 'folder' in row;

export function BucketView() {
  const [query, set] = useQuery();
  const prefix = query.get('prefix') ?? '';
  const open = query.get('open');
  const asked = new URLSearchParams({ prefix, start: query.get('start') ?? '' });
  const { value, error } = useResource<Folder>(`/api/bucket?${asked}`, ['bucket']);
  const rows: Row[] = value ? [...value.folders.map((folder) => ({ folder })), ...value.objects] : [];
  const opened = value?.objects.find(({ key }) => key === open);
  return (
    <main>
      <header class="head">
        <div>
          <h1>Bucket</h1>
          <Trail prefix={prefix} />
        </div>
        {rows.length > 0 && <Export path="/api/bucket" query={asked} />}
      </header>
      <FetchState value={value} error={error} />
      {value && rows.length === 0 && (
        <Empty title={prefix ? 'Nothing has a key below this folder.' : 'The bucket is empty.'} />
      )}
      {rows.length > 0 && (
        <Table
          label="Objects"
          columns={columnsOf(prefix, (key) => set({ open: key }))}
          rows={rows}
          keyOf={(row) => (isFolder(row) ? row.folder : `${row.key}\n`)}
          sortable
        />
      )}
      {value && (value.next || query.has('start')) && (
        <nav class="pager" aria-label="Parts of the folder">
          <button type="button" disabled={!query.has('start')} onClick={() => set({ start: undefined })}>
            First part
          </button>
          <button type="button" disabled={!value.next} onClick={() => set({ start: value.next })}>
            Next part
          </button>
        </nav>
      )}
      {open !== null && value && !opened && <Problem error={new Error(`${open} is not in this folder`)} />}
      {opened && (
        <Detail title={opened.key} onClose={() => set({ open: undefined })}>
          <ObjectPreview object={opened} />
        </Detail>
      )}
    </main>
  );
}

/** The folders above, from the bucket down. */
function Trail({ prefix }: { prefix: string }) {
  const names = prefix.split('/').slice(0, -1);
  return (
    <nav class="trail" aria-label="Folder">
      <Link to={folderPath('')}>bucket</Link>
      {names.map((name, index) => {
        const path = `${names.slice(0, index + 1).join('/')}/`;
        return (
          <span key={path}>
            {' / '}
            <Link to={folderPath(path)}>{name || '(no name)'}</Link>
          </span>
        );
      })}
    </nav>
  );
}

const DownloadLink = ({ of }: { of: string }) => (
  <a href={`${objectUrl(of)}&download=1`} download>
    Download
  </a>
);

const columnsOf = (prefix: string, onOpen: (key: string) => void): readonly Column<Row>[] => [
  {
    title: 'Name',
    by: 'name',
    value: (row) => (isFolder(row) ? row.folder : row.key),
    wide: true,
    cell: (row) => {
      if (isFolder(row))
        return (
          <Link to={folderPath(row.folder)}>{`${row.folder.slice(prefix.length, -1) || '(no name)'}/`}</Link>
        );
      return (
        <button type="button" class="open link" onClick={() => onOpen(row.key)}>
          {row.key.slice(prefix.length) || '(no name)'}
        </button>
      );
    },
  },
  valueColumn('Size', 'size', (row) => (isFolder(row) ? undefined : row.size), {
    show: sizeText,
    right: true,
  }),
  valueColumn('Changed', 'changed', (row) => (isFolder(row) ? undefined : row.modified), { show: showTime }),
  {
    title: 'File',
    cell: (row) => (isFolder(row) ? '–' : <DownloadLink of={row.key} />),
  },
];
