import type { LibraryFile } from '../../actions/library.ts';
import { sizeText } from '../format.ts';
import { showJob } from '../navigation.tsx';
import { Empty, FetchState, Status } from '../parts/basics.tsx';
import { addChapters } from '../parts/drop-zone.tsx';
import { SampleButton } from '../parts/sample-button.tsx';
import { type Column, showTime, Table, valueColumn } from '../parts/table.tsx';
import { useResource } from '../use-resource.ts';

const columns: readonly Column<LibraryFile>[] = [
  valueColumn('File', 'name', ({ name }) => name, { wide: true }),
  {
    title: 'Chapter',
    by: 'status',
    value: ({ status }) => status,
    cell: ({ status, job }) => (
      <>
        <Status of={status ?? 'waiting'} />
        {job && <small>{showJob(job)}</small>}
      </>
    ),
  },
  valueColumn('Size', 'size', ({ size }) => size, { show: sizeText, right: true }),
  valueColumn('Added', 'added', ({ modified }) => modified, { show: showTime }),
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
      <FetchState value={value} error={error} />
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
