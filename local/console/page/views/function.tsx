/** One function: an event to invoke it with, the result, and its recent invocations. */
import { useState } from 'preact/hooks';
import type { FunctionDetails, Invocation } from '../../model/functions.ts';
import { act } from '../api.ts';
import { durationText, prettyJson } from '../format.ts';
import { Link, requestLogsPath } from '../navigation.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { Empty, Facts, Loading, Problem, Status, Time } from '../parts/basics.tsx';
import { Json } from '../parts/json.tsx';
import { JsonInput, jsonProblem } from '../parts/json-input.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { useResource } from '../use-resource.ts';
import { outcomeOf } from './functions.tsx';

const rowHeight = 34;

export function FunctionView({ name }: { name: string }) {
  const { value, error } = useResource<FunctionDetails>(`/api/functions/${encodeURIComponent(name)}`, [
    'functions',
  ]);
  const [chosen, choose] = useState<string>();
  const [written, write] = useState<string>();
  if (!value) return <main>{error ? <Problem error={error} /> : <Loading />}</main>;
  const { purpose, memory, timeout, environment, samples, invocations } = value;
  const shown = invocations.find(({ requestId }) => requestId === chosen) ?? invocations[0];
  return (
    <main>
      <header>
        <p class="trail">
          <Link to="/functions">Functions</Link> / {name}
        </p>
        <h1>{name}</h1>
        <p class="line">
          <span>{purpose}</span>
          <span>{memory} MB</span>
          <span>{timeout} s</span>
          <Link to={`/logs?source=${encodeURIComponent(name)}`}>Logs</Link>
        </p>
      </header>
      <div class="split halves">
        <Invoke
          name={name}
          samples={samples}
          event={written ?? samples[0]?.event.trim() ?? '{}'}
          onWrite={write}
          onInvoked={choose}
        />
        <section>
          <h2>Latest invocations</h2>
          {shown ? (
            <>
              <VirtualList
                count={invocations.length}
                rowHeight={rowHeight}
                label="Invocations"
                maxHeight={rowHeight * 6}
                row={(index) => {
                  const one = invocations[index];
                  return (
                    one && <Row key={one.requestId} of={one} isShown={one === shown} onChoose={choose} />
                  );
                }}
              />
              <Invoked name={name} of={shown} onInvoked={choose} onEdit={write} />
            </>
          ) : (
            <Empty title="It has not been invoked since the cloud started." />
          )}
        </section>
      </div>
      <section>
        <h2>Environment</h2>
        <Facts of={Object.entries(environment)} />
      </section>
    </main>
  );
}

interface InvokeProps {
  name: string;
  samples: FunctionDetails['samples'];
  event: string;
  onWrite(event: string): void;
  onInvoked(requestId: string): void;
}

function Invoke({ name, samples, event, onWrite, onInvoked }: InvokeProps) {
  const [sandbox, useSandbox] = useState(true);
  const invoke = async () => {
    const input = { function: name, event: JSON.parse(event), sandbox };
    onInvoked((await act<{ requestId: string }>('POST', '/api/control/invoke', input)).requestId);
  };
  return (
    <section>
      <h2>Invoke it</h2>
      {samples.length > 0 && (
        <label>
          Sample event
          <select
            onChange={({ currentTarget }) =>
              onWrite(samples[currentTarget.selectedIndex]?.event.trim() ?? '')
            }
          >
            {samples.map((sample) => (
              <option key={sample.name}>{sample.name}</option>
            ))}
          </select>
        </label>
      )}
      <JsonInput label="Event (JSON)" value={event} onInput={onWrite} />
      <label class="line">
        <input
          type="checkbox"
          checked={sandbox}
          onChange={({ currentTarget }) => useSandbox(currentTarget.checked)}
        />
        In the sandbox: with tables and a bucket for samples, not yours
      </label>
      <div class="actions">
        <ActionButton tone="primary" disabled={jsonProblem(event) !== undefined} onAct={invoke}>
          Invoke
        </ActionButton>
      </div>
    </section>
  );
}

interface RowProps {
  of: Invocation;
  isShown: boolean;
  onChoose(requestId: string): void;
}

function Row({ of, isShown, onChoose }: RowProps) {
  const { requestId, started, milliseconds } = of;
  return (
    <button type="button" class="invocation" aria-pressed={isShown} onClick={() => onChoose(requestId)}>
      <Time of={started} exact />
      <Status of={outcomeOf(of)} />
      <span class="code quiet">{requestId.slice(0, 8)}</span>
      <span class="number right">{milliseconds !== undefined && durationText(milliseconds)}</span>
    </button>
  );
}

interface InvokedProps {
  name: string;
  of: Invocation;
  onInvoked(requestId: string): void;
  onEdit(event: string): void;
}

function Invoked({ name, of, onInvoked, onEdit }: InvokedProps) {
  const { requestId, event, result, failed } = of;
  const again = async () => {
    const path = `/api/functions/${encodeURIComponent(name)}/again`;
    onInvoked((await act<{ requestId: string }>('POST', path, { requestId })).requestId);
  };
  return (
    <section class="panel" aria-label="The chosen invocation">
      <p class="line">
        <Status of={outcomeOf(of)} />
        <span>
          request <code>{requestId.slice(0, 8)}</code>
        </span>
        <Link to={requestLogsPath(requestId)}>Logs</Link>
      </p>
      <Json text={prettyJson(event)} label="Event" />
      {result !== undefined && <Json text={result} label={failed ? 'Error' : 'Result'} />}
      <div class="actions">
        <ActionButton onAct={again}>Invoke again with today’s code</ActionButton>
        <button type="button" onClick={() => onEdit(prettyJson(event))}>
          Edit the event
        </button>
      </div>
      <p class="quiet">It runs in the sandbox, on a copy of the job.</p>
    </section>
  );
}
