import type { ShownInstance } from '../../model/instances.ts';
import type { ShownJob } from '../../model/jobs.ts';
import { jobPath, Link } from '../navigation.tsx';
import { Elapsed, Empty, Loading, Problem, Progress, Status, Time } from '../parts/basics.tsx';
import { Table } from '../parts/table.tsx';
import { useResource } from '../use-resource.ts';
import { stepText } from './jobs.tsx';

const columns = [
  { title: 'Instance' },
  { title: 'State' },
  { title: 'Job' },
  { title: 'Progress' },
  { title: 'Launched' },
  { title: 'Up', right: true },
] as const;

export function InstancesView() {
  const { value, error } = useResource<ShownInstance[]>('/api/instances', ['instances']);
  const { value: jobs = [] } = useResource<ShownJob[]>('/api/jobs', ['jobs']);
  return (
    <main>
      <h1>Instances</h1>
      {error && <Problem error={error} />}
      {!value && !error && <Loading />}
      {value?.length === 0 && (
        <Empty title="No machine has started in the last hour.">
          <p>The renderer and the uploader each get a Spot machine; in the local cloud it is a process.</p>
        </Empty>
      )}
      {value && value.length > 0 && (
        <Table columns={columns}>
          {value.map((instance) => (
            <Row
              key={instance.id}
              instance={instance}
              job={jobs.find(({ job_id }) => job_id === instance.job)}
            />
          ))}
        </Table>
      )}
    </main>
  );
}

function Row({ instance, job }: { instance: ShownInstance; job: ShownJob | undefined }) {
  const { id, worker, type, spot, state, reason, launched, ended } = instance;
  const isUp = state === 'running' && job?.instance_id === id;
  return (
    <tr>
      <td class="wide">
        {worker}
        <small class="code">
          {id} · {type}
          {spot && ' · Spot'}
        </small>
      </td>
      <td>
        <Status of={state} />
        {reason && <small>{reason}</small>}
      </td>
      <td>{instance.job ? <Link to={jobPath(instance.job)}>{instance.job}</Link> : '–'}</td>
      <td>{isUp && job?.progress ? <Progress {...job.progress} label={stepText(job)} /> : '–'}</td>
      <td>
        <Time of={launched} />
      </td>
      <td class="right">
        <Elapsed from={Date.parse(launched)} to={ended ? Date.parse(ended) : undefined} />
      </td>
    </tr>
  );
}
