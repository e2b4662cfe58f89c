import type { Page } from '../../listing.ts';
import type { ShownInstance } from '../../model/instances.ts';
import type { ShownJob } from '../../model/jobs.ts';
import { showJob } from '../navigation.tsx';
import { Elapsed, Empty, FetchState, Progress, Status } from '../parts/basics.tsx';
import { type Column, showTime, Table, valueColumn } from '../parts/table.tsx';
import { useResource } from '../use-resource.ts';
import { stepText } from './jobs.tsx';

export function InstancesView() {
  const { value, error } = useResource<ShownInstance[]>('/api/instances', ['instances']);
  const { value: jobs } = useResource<Page<ShownJob>>('/api/jobs?phase=working', ['jobs']);
  const rows = value?.map((instance) => ({
    ...instance,
    work: jobs?.rows.find(
      ({ job_id, instance_id }) => job_id === instance.job && instance_id === instance.id,
    ),
  }));
  return (
    <main>
      <h1>Instances</h1>
      <FetchState value={value} error={error} />
      {value?.length === 0 && (
        <Empty title="No machine has started in the last hour.">
          <p>The renderer and the uploader each get a Spot machine; in the local cloud it is a process.</p>
        </Empty>
      )}
      {rows && rows.length > 0 && (
        <Table label="Instances" columns={columns} rows={rows} keyOf={({ id }) => id} sortable />
      )}
    </main>
  );
}

type Row = ShownInstance & { work: ShownJob | undefined };

const columns: readonly Column<Row>[] = [
  {
    title: 'Instance',
    by: 'worker',
    value: ({ worker }) => worker,
    wide: true,
    cell: ({ worker, id, type, spot }) => (
      <>
        {worker}
        <small class="code">
          {id} · {type}
          {spot && ' · Spot'}
        </small>
      </>
    ),
  },
  {
    title: 'State',
    by: 'state',
    value: ({ state }) => state,
    cell: ({ state, reason, waits }) => (
      <>
        <Status of={state} />
        {waits && <small>waits for another task</small>}
        {reason && <small>{reason}</small>}
      </>
    ),
  },
  valueColumn('Job', 'job', ({ job }) => job, { show: showJob }),
  {
    title: 'Progress',
    cell: ({ state, work }) =>
      state === 'running' && work?.progress ? <Progress {...work.progress} label={stepText(work)} /> : '–',
  },
  valueColumn('Launched', 'launched', ({ launched }) => launched, { show: showTime }),
  {
    title: 'Up',
    right: true,
    cell: ({ launched, ended }) => (
      <Elapsed from={Date.parse(launched)} to={ended ? Date.parse(ended) : undefined} />
    ),
  },
];
