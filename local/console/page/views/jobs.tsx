import type { ShownJob } from '../../model/jobs.ts';
import { playTime } from '../format.ts';
import { jobPath, Link } from '../navigation.tsx';
import { Empty, Loading, Problem, Progress, Published, Status, Time } from '../parts/basics.tsx';
import { Table } from '../parts/table.tsx';
import { useResource } from '../use-resource.ts';

export const jobTitle = ({ manga_title, chapter_id, job_id }: ShownJob) =>
  manga_title ?? chapter_id ?? job_id;

/** Returns the step with its progress: `GenerateTTS, 12 of 40`. */
export function stepText({ status, progress }: ShownJob): string {
  if (!progress) return status.replaceAll('_', ' ');
  const { step, done, total, seconds_left } = progress;
  const left = seconds_left === undefined ? '' : `, about ${playTime(seconds_left)} left`;
  return total === 100 ? `${step}${left}` : `${step}, ${done} of ${total}${left}`;
}

const columns = [
  { title: 'Job' },
  { title: 'Status' },
  { title: 'Progress' },
  { title: 'Pages', right: true },
  { title: 'Segments', right: true },
  { title: 'Changed' },
] as const;

export function JobsView() {
  const { value, error } = useResource<ShownJob[]>('/api/jobs', ['jobs']);
  return (
    <main>
      <h1>Jobs</h1>
      {error && <Problem error={error} />}
      {!value && !error && <Loading />}
      {value?.length === 0 && (
        <Empty title="No chapter has been started yet.">
          <p>
            Each chapter that an execution takes becomes a job and is shown here with its pages, script and
            video.
          </p>
        </Empty>
      )}
      {value && value.length > 0 && <JobTable jobs={value} />}
    </main>
  );
}

export function JobTable({ jobs }: { jobs: readonly ShownJob[] }) {
  return (
    <Table columns={columns}>
      {jobs.map((job) => (
        <tr key={job.job_id}>
          <td class="wide">
            <Link to={jobPath(job.job_id)}>{jobTitle(job)}</Link>
            <small>{[job.chapter_id, job.job_id].filter(Boolean).join(' · ')}</small>
          </td>
          <td>
            <Status of={job.status} />
            {job.youtube_url && (
              <small>
                <Published url={job.youtube_url} />
              </small>
            )}
            {job.error_name && <small>{job.error_name}</small>}
            {job.status === 'needs_review' && <small>{job.doubt_reasons?.[0]}</small>}
          </td>
          <td>
            {job.progress && !['published', 'failed', 'needs_review'].includes(job.status) ? (
              <Progress {...job.progress} label={stepText(job)} />
            ) : (
              '–'
            )}
          </td>
          <td class="right number">{job.page_count ?? '–'}</td>
          <td class="right number">{job.segment_count ?? '–'}</td>
          <td>
            <Time of={job.updated_at} />
          </td>
        </tr>
      ))}
    </Table>
  );
}
