/** One execution: its course on the state machine, and each state's input, output and errors. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ExecutionDetails, ExecutionSummary, MachineSummary } from '../../model/executions.ts';
import type { ShownJob } from '../../model/jobs.ts';
import { act } from '../api.ts';
import { countText } from '../format.ts';
import { Link } from '../navigation.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { Elapsed, Facts, FetchState, Status, Time } from '../parts/basics.tsx';
import { Definition } from '../parts/definition.tsx';
import { EventList } from '../parts/event-list.tsx';
import { Export } from '../parts/export.tsx';
import { Graph } from '../parts/graph.tsx';
import { Json } from '../parts/json.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { VisitDetails } from '../parts/visit-details.tsx';
import { useHistory } from '../use-history.ts';
import { useResource } from '../use-resource.ts';
import type { Visit } from '../visits.ts';
import { ExecutionTable } from './executions.tsx';
import { JobTable } from './jobs.tsx';

export function ExecutionView({ machine, name }: { machine: string; name: string }) {
  const { value: machines } = useResource<MachineSummary[]>('/api/machines');
  // A child of a distributed Map is named `machine/label`.
  const [own, ...label] = machine.split('/');
  const prefix = machines?.find((one) => one.name === own)?.arn.replace(':stateMachine:', ':execution:');
  const arn = prefix && `${[prefix, ...label].join('/')}:${name}`;
  const { value, error } = useResource<ExecutionDetails>(
    arn && `/api/execution?arn=${encodeURIComponent(arn)}`,
    arn ? [`execution:${arn}`] : [],
  );
  const { value: jobs = [] } = useResource<ShownJob[]>(
    arn && `/api/execution/jobs?arn=${encodeURIComponent(arn)}`,
    arn ? [`execution:${arn}`, 'jobs'] : [],
  );
  const { value: children = [] } = useResource<ExecutionSummary[]>(
    arn && `/api/execution/children?arn=${encodeURIComponent(arn)}`,
    arn ? [`execution:${arn}`, 'executions'] : [],
  );
  const { history, loaded, version } = useHistory(arn);
  const [selectedId, select] = useState<number | undefined>();
  const selected = useMemo(() => history.visits.find(({ id }) => id === selectedId), [selectedId, version]);
  // A state that was not entered can be chosen as well, to read its definition.
  const [chosenState, setChosenState] = useState<string | undefined>();
  const choose = (visit: Visit | undefined, state = visit?.state) => {
    select(visit?.id);
    setChosenState(state);
  };
  useEffect(() => choose(undefined), [arn]);

  const missing = machines && !arn ? new Error(`The state machine ${machine} does not exist`) : error;
  if (!value || !arn || missing)
    return (
      <main>
        <FetchState value={undefined} error={missing} />
      </main>
    );

  const chooseState = (state: string) =>
    choose(
      history.visits.findLast((visit) => visit.state === state),
      state,
    );
  return (
    <main class="execution">
      <header class="head">
        <div>
          <p class="trail">
            <Link to="/executions">Executions</Link> / {value.machine}
          </p>
          <h1 class="code">{value.name}</h1>
          <p class="line">
            <Status of={value.status} />
            <span>
              started <Time of={value.started} />
            </span>
            <Elapsed from={value.started} to={value.stopped} />
            <span>{countText(history.events.length, 'event')}</span>
            {value.redriveCount > 0 && <span>redriven {countText(value.redriveCount, 'time')}</span>}
          </p>
        </div>
        <div class="actions">
          <Export path={`/api/history?arn=${encodeURIComponent(arn)}`} what="history" />
          <Link class="button" to={`/executions?like=${encodeURIComponent(arn)}`}>
            New execution with this input…
          </Link>
          {value.status === 'RUNNING' && (
            <ActionButton
              tone="danger"
              confirm="Stop this execution?"
              onAct={() => act('POST', '/api/executions/stop', { arn })}
            >
              Stop
            </ActionButton>
          )}
          {value.redrivable && (
            <ActionButton tone="primary" onAct={() => act('POST', '/api/executions/redrive', { arn })}>
              Redrive from the failed state
            </ActionButton>
          )}
        </div>
      </header>
      {value.error && (
        <section class="problem" role="alert">
          <strong>{value.error}</strong> {value.cause}
        </section>
      )}
      {jobs.length > 0 && (
        <section aria-label="Jobs of this execution">
          <JobTable jobs={jobs} />
        </section>
      )}
      <div class="split">
        <section class="aside" aria-label="State machine">
          <Graph drawing={value.drawing} history={history} selected={chosenState} onSelect={chooseState} />
        </section>
        <section>
          <Tabs
            label="Views of this execution"
            tabs={{
              Timeline: () => (
                <>
                  <Timeline
                    history={history}
                    loaded={loaded}
                    selected={selectedId}
                    onSelect={(id) => choose(history.visits.find((visit) => visit.id === id))}
                  />
                  {selected && <VisitDetails arn={arn} visit={selected} onClose={() => choose(undefined)} />}
                </>
              ),
              ...(children.length > 0 && {
                'Distributed Maps': () => <ExecutionTable executions={children} />,
              }),
              Events: () => <EventList arn={arn} history={history} version={version} loaded={loaded} />,
              Definition: () => <Definition arn={arn} selected={chosenState} onSelect={chooseState} />,
              'Input and output': () => (
                <>
                  <Facts of={[['Execution ARN', <code key="arn">{value.arn}</code>]]} />
                  <Json text={value.input} label="Input" />
                  {value.output !== undefined && <Json text={value.output} label="Output" />}
                  {value.cause !== undefined && <Json text={value.cause} label="Cause" />}
                </>
              ),
            }}
          />
        </section>
      </div>
    </main>
  );
}
