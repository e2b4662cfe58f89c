/** A chapter that is held because it is doubtful: the reasons, the pages to check, and the decision. */
import { useState } from 'preact/hooks';
import type { Doubt } from '../../../../domain/doubt.ts';
import type { ShownJob } from '../../model/jobs.ts';
import { act } from '../api.ts';
import { useResource } from '../use-resource.ts';
import { ActionButton } from './action-button.tsx';

interface ReasonsProps {
  job: ShownJob;
  /** Address of the reasons; undefined after cleanup. */
  url: string | undefined;
  onPage(page: number): void;
}

const mostButtons = 12;

/** Lists the reasons, each with its pages. */
export function Reasons({ job, url, onPage }: ReasonsProps) {
  const { value } = useResource<Doubt>(url);
  const reasons = value?.reasons ?? (job.doubt_reasons ?? []).map((text) => ({ text, pages: [] }));
  return (
    <ul class="reasons">
      {reasons.map(({ text, pages }) => (
        <li key={text}>
          {text}{' '}
          {pages.slice(0, mostButtons).map((page) => (
            <button key={page} type="button" class="plain" onClick={() => onPage(page)}>
              show page {page}
            </button>
          ))}
        </li>
      ))}
      {value?.remarks.map((remark) => (
        <li key={remark} class="quiet">
          {remark}
        </li>
      ))}
    </ul>
  );
}

export function Held(props: ReasonsProps) {
  const { job } = props;
  const [reason, setReason] = useState('');
  const decide = (verdict: string) =>
    act('POST', `/api/jobs/${encodeURIComponent(job.job_id)}/review`, {
      verdict,
      ...(reason.trim() && { reason }),
    });
  const isApproved = job.review_verdict === 'approve';
  return (
    <section class="panel wanted" aria-label="Held chapter">
      <h2>
        {isApproved
          ? `Approved by ${job.reviewed_by}: it is waiting for a slot of the day`
          : 'Was this chapter read and narrated correctly?'}
      </h2>
      <Reasons {...props} />
      <p>
        It has not been spoken yet. Edit sentences below if necessary, then approve it. <i>Make again</i>{' '}
        reads it again with the current settings; <i>Reject</i> excludes the chapter.
      </p>
      <div class="actions">
        <ActionButton tone="primary" onAct={() => decide('approve')}>
          Approve
        </ActionButton>
        <label class="grow">
          Why, or what was changed
          <input value={reason} maxLength={1000} onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
        <ActionButton disabled={!reason.trim()} onAct={() => decide('retry')}>
          Make again
        </ActionButton>
        <ActionButton tone="danger" disabled={!reason.trim()} onAct={() => decide('reject')}>
          Reject
        </ActionButton>
      </div>
    </section>
  );
}
