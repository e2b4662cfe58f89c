/** The decision of a person about a video, or about a chapter that is held or failed. */
import { useState } from 'preact/hooks';
import { act } from '../api.ts';
import { ActionButton } from './action-button.tsx';

interface Props {
  job: string;
  /** The question about the reason. */
  why: string;
  /** Offers to make a doubtful or failed chapter again. */
  again?: true;
  /** Absent if there is nothing to approve. */
  canApprove?: boolean;
}

export function Verdict({ job, why, again, canApprove }: Props) {
  const [reason, setReason] = useState('');
  const hasReason = reason.trim() !== '';
  const decide = (verdict: string) =>
    act('POST', `/api/jobs/${encodeURIComponent(job)}/review`, { verdict, ...(hasReason && { reason }) });
  return (
    <div class="actions">
      {canApprove !== undefined && (
        <ActionButton tone="primary" disabled={!canApprove} onAct={() => decide('approve')}>
          Approve
        </ActionButton>
      )}
      <label class="grow">
        {why}
        <input value={reason} maxLength={1000} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      {again && (
        <ActionButton disabled={!hasReason} onAct={() => decide('retry')}>
          Make again
        </ActionButton>
      )}
      <ActionButton tone="danger" disabled={!hasReason} onAct={() => decide('reject')}>
        Reject
      </ActionButton>
    </div>
  );
}

/** A chapter that failed, and for which its series waits. */
export function Failed({ id }: { id: string }) {
  return (
    <section class="panel" aria-label="Failed chapter">
      <h2>Should this chapter be made?</h2>
      <p>
        Unless its series has the order <i>free</i>, the later chapters wait until this one is published or
        left out. <i>Make again</i> lets the next run try it at once; <i>Reject</i> leaves the chapter out.
      </p>
      <Verdict job={id} why="Why, or what was changed" again />
    </section>
  );
}

/** A finished video that waits for a person. */
export function Review({ id }: { id: string }) {
  return (
    <section class="panel wanted" aria-label="Review">
      <h2>Publish this video?</h2>
      <Verdict job={id} why="What is wrong" canApprove />
    </section>
  );
}
