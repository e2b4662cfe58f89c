import { GetCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { mainChannel } from '../domain/channel.ts';
import type { JobId } from '../domain/job.ts';
import { LedgerEntry } from '../domain/ledger-entry.ts';
import { dynamodb } from './clients/dynamodb.ts';
import { conditionalUpdate, type TableUpdate } from './conditional-update.ts';

const Taken = LedgerEntry.pick({ chapter_id: true, status: true, source_file: true, out_since: true });

/** A chapter that can't be claimed now. */
export interface TakenChapter {
  /** Its file, where known. */
  file: string | undefined;
  status: LedgerEntry['status'];
  /** Whether its video is, or could be, online. */
  isOut: boolean;
}

/** Number of attempts at a failed chapter; after that only an operator releases it. */
export interface ClaimPolicy {
  attempts: number;
  /** Hours that a person has to approve the finished video; none without that. */
  reviewHours?: number | undefined;
  /** The chapter's file, to recognise another one of its name later. */
  file?: string | undefined;
}

/** A job older than this and its review has ended: render and upload time-outs with all retries are shorter. */
const claimLeaseHours = 72;
/** Condition for releasing a chapter: its job holds it, and no video of it is or can be online. */
const givable = '#status IN (:claimed, :held) AND job_id = :job AND attribute_not_exists(out_since)';
const hours = (count: number) => count * 3_600_000;

/** The chapters table: who works on a chapter, and whether it is published. It prevents publishing twice. */
export function chapterLedger(table: string, clock: () => number = Date.now) {
  const iso = (offset = 0) => new Date(clock() + offset).toISOString();

  const updateIf = (update: TableUpdate) => conditionalUpdate(table, update);

  async function find(chapterId: string): Promise<LedgerEntry | undefined> {
    const { Item } = await dynamodb.send(
      new GetCommand({ TableName: table, Key: { chapter_id: chapterId }, ConsistentRead: true }),
    );
    return Item && LedgerEntry.parse(Item);
  }

  /** Condition for a known chapter: it failed and can be tried again, its claim expired, or this job already has it. */
  const free = {
    expression:
      '(#status = :claimed AND (job_id = :job OR lease_until < :now))' +
      ' OR (#status = :failed AND (job_id = :job OR (attempts < :attempts AND retry_at <= :now)))',
    values: (jobId: JobId, { attempts }: ClaimPolicy) => ({
      ':claimed': 'claimed',
      ':failed': 'failed',
      ':job': jobId,
      ':now': iso(),
      ':attempts': attempts,
    }),
  };

  /** Records where a video of the chapter is; false if another job has it. */
  const setAddress = (
    chapterId: string,
    jobId: JobId,
    field: 'youtube_url' | 'short_url',
    url: string,
  ): Promise<boolean> =>
    updateIf({
      Key: { chapter_id: chapterId },
      UpdateExpression: `SET ${field} = :url, updated_at = :now`,
      ConditionExpression: 'job_id = :job',
      ExpressionAttributeValues: { ':url': url, ':job': jobId, ':now': iso() },
    });

  return {
    find,

    /** Claims a chapter that is free for a job. Of two simultaneous callers only one gets it. */
    claim(chapterId: string, jobId: JobId, policy: ClaimPolicy): Promise<boolean> {
      const { file, reviewHours = 0 } = policy;
      return updateIf({
        Key: { chapter_id: chapterId },
        UpdateExpression: `SET #status = :claimed, job_id = :job, claimed_at = :now, updated_at = :now, lease_until = :lease${file === undefined ? '' : ', source_file = :file'}`,
        ConditionExpression: `attribute_not_exists(chapter_id) OR ${free.expression}`,
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ...free.values(jobId, policy),
          ...{
            ':lease': iso(hours(claimLeaseHours + reviewHours)),
            ...(file !== undefined && { ':file': file }),
          },
        },
      });
    },

    /**
     * Returns the chapters that `claim` would refuse now. A few reads of the whole table are enough, so that a library
     * with years of published chapters does not cost a refused write for each of them.
     */
    async taken(jobId: JobId, policy: ClaimPolicy): Promise<Map<string, TakenChapter>> {
      const pages = paginateScan(
        { client: dynamodb },
        {
          TableName: table,
          ProjectionExpression: 'chapter_id, #status, source_file, out_since',
          FilterExpression: `NOT (${free.expression})`,
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: free.values(jobId, policy),
        },
      );
      const taken = new Map<string, TakenChapter>();
      for await (const { Items = [] } of pages)
        for (const item of Items) {
          const { chapter_id, status, source_file, out_since } = Taken.parse(item);
          const isOut = status === 'published' || (status === 'claimed' && out_since !== undefined);
          taken.set(chapter_id, { file: source_file, status, isOut });
        }
      return taken;
    },

    /** Returns whether the job holds the chapter and can publish it. */
    async isHeldBy(chapterId: string, jobId: JobId): Promise<boolean> {
      const entry = await find(chapterId);
      return entry?.job_id === jobId && (entry.status === 'claimed' || entry.status === 'published');
    },

    /** Returns whether the job has claimed the chapter, has not ended with it, and its claim has not expired. */
    async isClaimedBy(chapterId: string, jobId: JobId): Promise<boolean> {
      const entry = await find(chapterId);
      const isValid = entry?.lease_until === undefined || entry.lease_until >= iso();
      return entry?.job_id === jobId && entry.status === 'claimed' && isValid;
    },

    /**
     * Records that a video of the chapter could be online on a channel from now on. Its claim no longer expires and no failure releases
     * it: only a publication, or an operator, changes it. False when the job does not hold the chapter.
     */
    beginPublishing(chapterId: string, jobId: JobId, channel = mainChannel): Promise<boolean> {
      const isMain = channel === mainChannel;
      const [set, remove] = isMain ? ['', ', channel'] : [', channel = :channel', ''];
      return updateIf({
        Key: { chapter_id: chapterId },
        UpdateExpression: `SET out_since = if_not_exists(out_since, :now), updated_at = :now${set} REMOVE lease_until${remove}`,
        ConditionExpression: 'job_id = :job AND #status IN (:claimed, :published)',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ...{ ':claimed': 'claimed', ':published': 'published', ':job': jobId, ':now': iso() },
          ...(!isMain && { ':channel': channel }),
        },
      });
    },

    /**
     * Marks the chapter as published by the job that holds it; true again on a repeat. A blocked one stays blocked: nothing more of it is
     * published, and a further takedown finds the address.
     */
    async markPublished(chapterId: string, jobId: JobId, url: string): Promise<boolean> {
      const published = await updateIf({
        Key: { chapter_id: chapterId },
        UpdateExpression:
          'SET #status = :published, youtube_url = :url, updated_at = :now REMOVE lease_until',
        ConditionExpression: 'job_id = :job AND #status <> :blocked',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ...{ ':published': 'published', ':blocked': 'blocked' },
          ...{ ':url': url, ':job': jobId, ':now': iso() },
        },
      });
      return published || setAddress(chapterId, jobId, 'youtube_url', url);
    },

    /** Records where the Short of its video is, so that a takedown finds it. */
    markShortPublished: (chapterId: string, jobId: JobId, url: string): Promise<boolean> =>
      setAddress(chapterId, jobId, 'short_url', url),

    /**
     * Releases a claimed or held chapter after a failure, to be tried later, unless its video is or could be online.
     */
    markFailed(chapterId: string, jobId: JobId, retryAfterHours: number): Promise<boolean> {
      return updateIf({
        Key: { chapter_id: chapterId },
        UpdateExpression:
          'SET #status = :failed, retry_at = :retry, updated_at = :now ADD attempts :one REMOVE lease_until',
        ConditionExpression: givable,
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':failed': 'failed',
          ':claimed': 'claimed',
          ':held': 'held',
          ':job': jobId,
          ':retry': iso(hours(retryAfterHours)),
          ':now': iso(),
          ':one': 1,
        },
      });
    },

    /** Releases a claimed or held chapter that did not cause a failure: immediately, without counting an attempt. */
    release(chapterId: string, jobId: JobId): Promise<boolean> {
      return updateIf({
        Key: { chapter_id: chapterId },
        UpdateExpression:
          'SET #status = :failed, retry_at = :now, updated_at = :now, attempts = if_not_exists(attempts, :none) REMOVE lease_until',
        ConditionExpression: givable,
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ...{ ':failed': 'failed', ':claimed': 'claimed', ':held': 'held' },
          ...{ ':job': jobId, ':now': iso(), ':none': 0 },
        },
      });
    },

    /** Returns every chapter that was ever claimed. */
    async *all(): AsyncIterable<LedgerEntry> {
      for await (const { Items } of paginateScan({ client: dynamodb }, { TableName: table }))
        for (const item of Items ?? []) yield LedgerEntry.parse(item);
    },

    /**
     * Blocks a chapter permanently if it is unchanged since it was read; its job can't publish it.
     * @param taken_down the addresses at which nothing is public now
     */
    block(
      { chapter_id, status, job_id, youtube_url, short_url }: LedgerEntry,
      reason: string,
      taken_down: readonly string[],
    ): Promise<boolean> {
      const same = (field: string, value: string | undefined) =>
        value === undefined ? `attribute_not_exists(${field})` : `${field} = :${field}`;
      return updateIf({
        Key: { chapter_id },
        UpdateExpression:
          'SET #status = :blocked, blocked_for = :reason, taken_down = :down, updated_at = :now REMOVE lease_until',
        ConditionExpression: `#status = :seen AND job_id = :job AND ${same('youtube_url', youtube_url)} AND ${same('short_url', short_url)}`,
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ...{ ':blocked': 'blocked', ':seen': status, ':job': job_id, ':reason': reason },
          ...{ ':down': taken_down, ':now': iso() },
          ...(youtube_url !== undefined && { ':youtube_url': youtube_url }),
          ...(short_url !== undefined && { ':short_url': short_url }),
        },
      });
    },
  };
}
