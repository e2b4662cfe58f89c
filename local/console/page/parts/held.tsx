/** A chapter that is held because it is doubtful: the reasons, the pages to check, and the decision. */

import { thresholdLines } from '../../../../domain/doubt/thresholds.ts';
import type { Doubt } from '../../../../domain/doubt.ts';
import type { ShownJob } from '../../model/jobs.ts';
import { useResource } from '../use-resource.ts';
import { Published } from './basics.tsx';
import { Verdict } from './verdict.tsx';

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
  const reasons =
    value?.reasons ?? (job.doubt_reasons ?? []).map((text) => ({ text, pages: [], url: undefined }));
  return (
    <ul class="reasons">
      {reasons.map(({ text, pages, url: address }) => (
        <li key={text}>
          {text} {address && <Published url={address} />}{' '}
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
      {thresholdLines(value?.thresholds ?? []).map((threshold) => (
        <li key={threshold} class="quiet">
          judged by: {threshold}
        </li>
      ))}
    </ul>
  );
}

interface HeldProps extends ReasonsProps {
  /** Whether changed sentences are not saved: an approval would speak the old ones. */
  unsaved: boolean;
}

export function Held({ unsaved, ...props }: HeldProps) {
  const { job } = props;
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
      {unsaved && <p role="status">Save or discard your changes below before you approve it.</p>}
      <Verdict job={job.job_id} why="Why, or what was changed" again canApprove={!unsaved} />
    </section>
  );
}
