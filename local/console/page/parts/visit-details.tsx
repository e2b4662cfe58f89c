/** One visit of a state: its input, its attempts with their errors, and its output. */
import { useState } from 'preact/hooks';
import { functionNameIn } from '../../function-name.ts';
import type { FullEvent } from '../../slim-event.ts';
import { act } from '../api.ts';
import { durationText } from '../format.ts';
import { Link, requestLogsPath } from '../navigation.tsx';
import { useResource } from '../use-resource.ts';
import type { Attempt, Visit } from '../visits.ts';
import { ActionButton } from './action-button.tsx';
import { Facts, Status, Time } from './basics.tsx';
import { Json } from './json.tsx';
import { RunFrom } from './run-from.tsx';

interface Props {
  arn: string;
  visit: Visit;
  onClose(): void;
}

const eventPath = (arn: string, id: number | undefined) =>
  id === undefined ? undefined : `/api/event?arn=${encodeURIComponent(arn)}&id=${id}`;

export function VisitDetails({ arn, visit, onClose }: Props) {
  const { value: entered } = useResource<FullEvent>(eventPath(arn, visit.id));
  const { value: exited } = useResource<FullEvent>(eventPath(arn, visit.exitId));
  const input = entered?.stateEnteredEventDetails?.input;
  const output = exited?.stateExitedEventDetails?.output;
  const variables = exited?.stateExitedEventDetails?.assignedVariables;
  return (
    <section class="panel" aria-label={`State ${visit.state}`}>
      <header class="panel-head">
        <h2>{visit.state}</h2>
        <Status of={visit.status} />
        <button type="button" class="plain" aria-label="Close" onClick={onClose}>
          ×
        </button>
      </header>
      <Facts
        of={[
          ['Type', visit.type],
          ['Entered', <Time key="entered" of={visit.entered} exact />],
          ['Left', visit.left && <Time key="left" of={visit.left} exact />],
          ['Took', visit.left && durationText(visit.left - visit.entered)],
          ['Iteration', visit.iteration],
          ['Error', visit.attempts.length ? '' : visit.error],
        ]}
      />
      {typeof input === 'string' && <Json text={input} label="Input" />}
      {!visit.parent && typeof input === 'string' && (
        <RunFrom key={visit.id} arn={arn} event={visit.id} input={input} />
      )}
      {visit.attempts.map((attempt, index) => (
        <AttemptDetails key={attempt.id} arn={arn} attempt={attempt} number={index + 1} />
      ))}
      {variables !== undefined && <Json text={JSON.stringify(variables)} label="Assigned variables" />}
      {typeof output === 'string' && <Json text={output} label="Output" />}
    </section>
  );
}

/** Returns the texts of an event, without the fields that all events have. */
function textsOf(event: FullEvent | undefined): [string, string][] {
  const details = Object.entries(event ?? {}).find(([name]) => name.endsWith('EventDetails'))?.[1];
  if (typeof details !== 'object') return [];
  return Object.entries(details)
    .filter(
      ([name, value]) =>
        typeof value === 'string' && ['parameters', 'input', 'output', 'cause'].includes(name),
    )
    .map(([name, value]) => [name, String(value)]);
}

const labels: Record<string, string> = {
  parameters: 'Parameters',
  input: 'Payload',
  output: 'Result',
  cause: 'Cause',
};

function AttemptDetails({ arn, attempt, number }: { arn: string; attempt: Attempt; number: number }) {
  const { value: scheduled } = useResource<FullEvent>(eventPath(arn, attempt.id));
  const { value: ended } = useResource<FullEvent>(eventPath(arn, attempt.endId));
  const task = scheduled?.taskScheduledEventDetails;
  const isFunction =
    scheduled?.lambdaFunctionScheduledEventDetails !== undefined || task?.resourceType === 'lambda';
  return (
    <div class="attempt">
      <h3>
        Attempt {number}
        <span class="line">
          <Time of={attempt.started} exact />
          {attempt.ended && <span>{durationText(attempt.ended - attempt.started)}</span>}
          {attempt.error ? <Status of="failed" /> : <Status of={attempt.ended ? 'succeeded' : 'running'} />}
          {isFunction && <Link to={logsPath(task?.parameters, ended)}>Logs</Link>}
        </span>
      </h3>
      {attempt.error && (
        <p class="problem">
          <strong>{attempt.error}</strong>
        </p>
      )}
      {[...textsOf(scheduled), ...textsOf(ended)].map(([name, text]) => (
        <Json key={name} text={text} label={labels[name] ?? name} />
      ))}
      {isFunction && (
        <Replay arn={arn} event={attempt.id} waits={String(task?.resource).endsWith('waitForTaskToken')} />
      )}
    </div>
  );
}

/** Returns the log of the invocation if its response names it, otherwise of the function for the job. */
function logsPath(parameters: unknown, ended: FullEvent | undefined): string {
  const { output } = ended?.taskSucceededEventDetails ?? {};
  const result = JSON.parse(typeof output === 'string' ? output : '{}') as {
    SdkResponseMetadata?: { RequestId?: string };
  };
  const request = result.SdkResponseMetadata?.RequestId;
  if (request) return requestLogsPath(request);
  const { FunctionName = '', Payload } = JSON.parse(typeof parameters === 'string' ? parameters : '{}') as {
    FunctionName?: string;
    Payload?: { job_id?: string };
  };
  const source = functionNameIn(FunctionName).replace(/^manga-pipeline-/, '');
  return `/logs?${new URLSearchParams({ source, ...(Payload?.job_id && { job: Payload.job_id }) })}`;
}

interface Replayed {
  function: string;
  requestId: string;
  failed: boolean;
  result: string;
  milliseconds: number;
}

function Replay({ arn, event, waits }: { arn: string; event: number; waits: boolean }) {
  const [replayed, setReplayed] = useState<Replayed>();
  return (
    <div class="replay">
      <ActionButton
        onAct={async () => setReplayed(await act<Replayed>('POST', '/api/replay', { arn, event }))}
        {...(waits && {
          confirm: 'This function starts a machine, which works on the copy of the job. Start it?',
        })}
      >
        Invoke again with today’s code
      </ActionButton>
      <p class="quiet">It runs in the sandbox, on a copy of the job.</p>
      {replayed && (
        <>
          <p class="line">
            <Status of={replayed.failed ? 'failed' : 'succeeded'} />
            <code>{replayed.function}</code>
            <span>{durationText(replayed.milliseconds)}</span>
            <Link to={requestLogsPath(replayed.requestId)}>Logs</Link>
          </p>
          <Json text={replayed.result} label={replayed.failed ? 'Today’s error' : 'Today’s result'} />
        </>
      )}
    </div>
  );
}
