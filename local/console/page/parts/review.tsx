/** A finished video that waits for a person's decision. */
import { useState } from 'preact/hooks';
import { act } from '../api.ts';
import { ActionButton } from './action-button.tsx';

export function Review({ id }: { id: string }) {
  const [reason, setReason] = useState('');
  const verdict = (body: object) => act('POST', `/api/jobs/${encodeURIComponent(id)}/review`, body);
  return (
    <section class="panel wanted" aria-label="Review">
      <h2>Publish this video?</h2>
      <div class="actions">
        <ActionButton tone="primary" onAct={() => verdict({ verdict: 'approve' })}>
          Approve
        </ActionButton>
        <label class="grow">
          What is wrong
          <input value={reason} maxLength={1000} onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
        <ActionButton
          tone="danger"
          disabled={!reason.trim()}
          onAct={() => verdict({ verdict: 'reject', reason })}
        >
          Reject
        </ActionButton>
      </div>
    </section>
  );
}
