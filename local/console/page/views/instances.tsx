import type { ShownInstance } from '../../model/instances.ts';
import type { ShownJob } from '../../model/jobs.ts';
import { jobPath, Link } from '../navigation.tsx';
import { Elapsed, Empty, Loading, Problem, Progress, Status, Time } from '../parts/basics.tsx';
import { useResource } from '../use-resource.ts';
import { stepText } from './jobs.tsx';

export function InstancesView() {
  const { value, error } = useResource<ShownInstance[]>('/api/instances', ['instances']);
  const { value: jobs = [] } = useResource<ShownJob[]>('/api/jobs', ['jobs']);
  return (
    <main>
      <h1>Instances</h1>
      {error && <Problem error={error} />}
      {!value && !error && <Loading />}
      {value?.length === 0 && (
        <Empty title="No machine was started in the last hour.">
          <p>Renderer and uploader each get a Spot machine of their own; here that is a process.</p>
        </Empty>
      )}
      {value && value.length > 0 && (
        <div class="table">
          <table>
            <thead>
              <tr>
                <th scope="col">Instance</th>
                <th scope="col">State</th>
                <th scope="col">Job</th>
                <th scope="col">Progress</th>
                <th scope="col">Launched</th>
                <th scope="col" class="right">
                  Up
                </th>
              </tr>
            </thead>
            <tbody>
              {value.map((instance) => (
                <Row
                  key={instance.id}
                  instance={instance}
                  job={jobs.find(({ job_id }) => job_id === instance.job)}
                />
              ))}
            </tbody>
          </table>
        </div>
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
