import type { LibraryFile } from '../../actions/library.ts';
import { sizeText } from '../format.ts';
import { jobPath, Link } from '../navigation.tsx';
import { Empty, Loading, Problem, Status, Time } from '../parts/basics.tsx';
import { addChapters } from '../parts/drop-zone.tsx';
import { SampleButton } from '../parts/sample-button.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { useResource } from '../use-resource.ts';

const columns: readonly Column<LibraryFile>[] = [
  { title: 'File', by: 'name', value: ({ name }) => name, wide: true, cell: ({ name }) => name },
  {
    title: 'Chapter',
    by: 'status',
    value: ({ status }) => status,
    cell: ({ status, job }) => (
      <>
        <Status of={status ?? 'waiting'} />
        {job && (
          <small>
            <Link to={jobPath(job)}>{job}</Link>
          </small>
        )}
      </>
    ),
  },
  { title: 'Size', by: 'size', value: ({ size }) => size, right: true, cell: ({ size }) => sizeText(size) },
  {
    title: 'Added',
    by: 'added',
    value: ({ modified }) => modified,
    cell: ({ modified }) => <Time of={modified} />,
  },
];

export function LibraryView() {
  const { value, error } = useResource<LibraryFile[]>('/api/library', ['library', 'jobs']);
  return (
    <main>
      <header class="head">
        <h1>Library</h1>
        <div class="actions">
          <label class="button primary">
            Add chapters…
            <input
              type="file"
              class="hidden-input"
              accept=".cbz,.cbr,.cb7,.cbt,.zip,.rar,.7z,.tar"
              multiple
              onChange={(event) => {
                const { files } = event.currentTarget;
                if (files) void addChapters(files);
              }}
            />
          </label>
        </div>
      </header>
      <p class="quiet">
        The chapters that the pipeline takes, and what became of each. Drop a CBZ, CBR, CB7 or CBT onto any
        page of the console.
      </p>
      {error && <Problem error={error} />}
      {!value && !error && <Loading />}
      {value?.length === 0 && (
        <Empty title="The library is empty.">
          <p>Drop a chapter here to begin.</p>
          <SampleButton />
        </Empty>
      )}
      {value && value.length > 0 && (
        <Table label="Chapters" columns={columns} rows={value} keyOf={({ name }) => name} sortable />
      )}
    </main>
  );
}
