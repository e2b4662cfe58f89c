import type { ShownJob } from '../../model/jobs.ts';
import { playTime } from '../format.ts';
import { jobPath, Link } from '../navigation.tsx';
import { Empty, FetchState, Progress, Published, Status, statusText, Time } from '../parts/basics.tsx';
import { Export } from '../parts/export.tsx';
import { FilterBar } from '../parts/filter-bar.tsx';
import { Pager } from '../parts/pager.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { useListing } from '../use-listing.ts';

export const jobTitle = ({ manga_title, chapter_id, job_id }: ShownJob) =>
  manga_title ?? chapter_id ?? job_id;

/** Returns the step with its progress: `GenerateTTS, 12 of 40`. */
export function stepText({ status, progress }: ShownJob): string {
  if (!progress) return status.replaceAll('_', ' ');
  const { step, done, total, seconds_left } = progress;
  const left = seconds_left === undefined ? '' : `, about ${playTime(seconds_left)} left`;
  return total === 100 ? `${step}${left}` : `${step}, ${done} of ${total}${left}`;
}

export function JobsView() {
  const { value, error, query } = useListing<ShownJob>('/api/jobs', ['jobs']);
  return (
    <main>
      <h1>Jobs</h1>
      <FetchState value={value} error={error} />
      {value?.total === 0 && (
        <Empty title="No chapter has been started yet.">
          <p>
            Each chapter that an execution takes becomes a job and is shown here with its pages, script and
            video.
          </p>
        </Empty>
      )}
      {value && value.total > 0 && (
        <FilterBar what="jobs" of={value} titles={titles} wordOf={statusText}>
          <Export path="/api/jobs" query={query} />
        </FilterBar>
      )}
      {value && value.matching > 0 && <JobTable jobs={value.rows} sortable />}
      {value && <Pager of={value} />}
    </main>
  );
}

const titles = { phase: 'Phase', status: 'Status', channel: 'Channel' };

const columns: readonly Column<ShownJob>[] = [
  {
    title: 'Job',
    by: 'title',
    wide: true,
    cell: (job) => (
      <>
        <Link to={jobPath(job.job_id)}>{jobTitle(job)}</Link>
        <small>{[job.chapter_id, job.channel, job.job_id].filter(Boolean).join(' · ')}</small>
      </>
    ),
  },
  { title: 'Status', by: 'status', cell: (job) => <JobStatus job={job} /> },
  {
    title: 'Progress',
    by: 'progress',
    cell: (job) =>
      job.progress && job.phase === 'working' ? (
        <>
          <Progress {...job.progress} label={stepText(job)} />
          <small>{job.progress.step}</small>
        </>
      ) : (
        '–'
      ),
  },
  { title: 'Pages', by: 'pages', right: true, cell: ({ page_count }) => page_count ?? '–' },
  { title: 'Segments', by: 'segments', right: true, cell: ({ segment_count }) => segment_count ?? '–' },
  { title: 'Changed', by: 'changed', cell: ({ updated_at }) => <Time of={updated_at} /> },
];

function JobStatus({ job: { status, youtube_url, error_name, doubt_reasons } }: { job: ShownJob }) {
  return (
    <>
      <Status of={status} />
      {youtube_url && (
        <small>
          <Published url={youtube_url} />
        </small>
      )}
      {error_name && <small>{error_name}</small>}
      {status === 'needs_review' && <small>{doubt_reasons?.[0]}</small>}
    </>
  );
}

export function JobTable({ jobs, sortable }: { jobs: readonly ShownJob[]; sortable?: true }) {
  return (
    <Table
      label="Jobs"
      columns={columns}
      rows={jobs}
      keyOf={({ job_id }) => job_id}
      {...(sortable && { sortable })}
    />
  );
}
