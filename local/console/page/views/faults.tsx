/** Faults on demand, each with its expected outcome. */
import { useState } from 'preact/hooks';
import type { Faults } from '../../model/faults.ts';
import { act } from '../api.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { Empty, FetchState } from '../parts/basics.tsx';
import { say } from '../parts/notices.tsx';
import { useResource } from '../use-resource.ts';

const chaos = (input: object) => act<{ done: string }>('POST', '/api/control/chaos', input);

export function FaultsView() {
  const { value, error } = useResource<Faults>('/api/faults', ['faults', 'instances']);
  return (
    <main>
      <header class="head">
        <h1>Faults</h1>
        {value && value.armed.length > 0 && (
          <div class="actions">
            <ActionButton onAct={async () => say((await chaos({ clear: true })).done)}>
              Disarm all
            </ActionButton>
          </div>
        )}
      </header>
      <p class="quiet">
        Faults that can happen on AWS, on demand. Each says how the pipeline must still end.
      </p>
      <FetchState value={value} error={error} />
      {value?.faults.length === 0 && <Empty title="This cloud offers no faults." />}
      <div class="cards">
        {value?.faults.map((fault) => (
          <Fault
            key={fault.name}
            fault={fault}
            left={value.armed.find((one) => one.fault === fault.name)?.left ?? 0}
          />
        ))}
      </div>
    </main>
  );
}

function Fault({ fault, left }: { fault: Faults['faults'][number]; left: number }) {
  const { name, what, ends, target, ready, needs } = fault;
  const [aim, setAim] = useState('');
  return (
    <section class={`card${left ? ' wanted' : ''}`}>
      <h2>{name}</h2>
      <p>{what}</p>
      <p class="quiet">{ends}</p>
      {needs && !ready && (
        <p class="quiet">
          Needs <code>make dev STAND_INS={needs}</code>.
        </p>
      )}
      <div class="actions">
        {target && (
          <label class="grow">
            Which {target}
            <input
              value={aim}
              placeholder="the next"
              onInput={(event) => setAim(event.currentTarget.value)}
            />
          </label>
        )}
        <ActionButton
          disabled={!ready}
          onAct={async () => say((await chaos({ fault: name, ...(aim && { target: aim }) })).done)}
        >
          Inject
        </ActionButton>
        {left > 0 && <span class="quiet">armed, {left} left</span>}
      </div>
    </section>
  );
}
