import type { LibraryFile } from '../../actions/library.ts';
import { sizeText } from '../format.ts';
import { jobPath, Link } from '../navigation.tsx';
import { Empty, Loading, Problem, Status, Time } from '../parts/basics.tsx';
import { addChapters } from '../parts/drop-zone.tsx';
import { SampleButton } from '../parts/sample-button.tsx';
import { Table } from '../parts/table.tsx';
import { useResource } from '../use-resource.ts';

const columns = [
  { title: 'File' },
  { title: 'Chapter' },
  { title: 'Size', right: true },
  { title: 'Added' },
] as const;

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
        <Table columns={columns}>
          {value.map(({ name, size, modified, status, job }) => (
            <tr key={name}>
              <td class="wide">{name}</td>
              <td>
                <Status of={status ?? 'waiting'} />
                {job && (
                  <small>
                    <Link to={jobPath(job)}>{job}</Link>
                  </small>
                )}
              </td>
              <td class="right number">{sizeText(size)}</td>
              <td>
                <Time of={modified} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </main>
  );
}
