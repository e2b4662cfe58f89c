import type { JobId } from '../domain/job.ts';
import { conditionalUpdate, type TableUpdate } from './conditional-update.ts';

/** Chapters that wait for a person: held ones, which no run claims and whose claim does not expire, and failed ones. */
export function heldChapters(table: string, clock: () => number = Date.now) {
  const now = () => new Date(clock()).toISOString();
  const updateIf = (update: TableUpdate) => conditionalUpdate(table, update);

  return {
    /** Holds a claimed chapter for its job, without expiry, until a person decides; true again on a repeat. */
    hold(chapterId: string, jobId: JobId): Promise<boolean> {
      return updateIf({
        Key: { chapter_id: chapterId },
        UpdateExpression: 'SET #status = :held, updated_at = :now REMOVE lease_until',
        ConditionExpression:
          'job_id = :job AND #status IN (:claimed, :held) AND attribute_not_exists(out_since)',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':held': 'held', ':claimed': 'claimed', ':job': jobId, ':now': now() },
      });
    },

    /**
     * Returns a held chapter to its job, whose execution continues: a claim without expiry, since the job waits for a
     * slot of a day. A chapter that an operator released in the meantime is claimed again. True again on a repeat.
     */
    resume(chapterId: string, jobId: JobId): Promise<boolean> {
      return updateIf({
        Key: { chapter_id: chapterId },
        UpdateExpression:
          'SET #status = :claimed, job_id = :job, claimed_at = :now, updated_at = :now REMOVE lease_until',
        ConditionExpression:
          'attribute_not_exists(chapter_id) OR (job_id = :job AND #status IN (:claimed, :held))',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':held': 'held', ':claimed': 'claimed', ':job': jobId, ':now': now() },
      });
    },

    /** Blocks a held or failed chapter permanently, for a person's reason; true again on a repeat. One that is blocked for another reason keeps it. */
    reject(chapterId: string, jobId: JobId, reason: string): Promise<boolean> {
      return updateIf({
        Key: { chapter_id: chapterId },
        UpdateExpression:
          'SET #status = :blocked, blocked_for = :reason, updated_at = :now REMOVE lease_until',
        ConditionExpression:
          'job_id = :job AND (#status IN (:claimed, :held, :failed) OR (#status = :blocked AND blocked_for = :reason)) AND attribute_not_exists(out_since)',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ...{ ':blocked': 'blocked', ':claimed': 'claimed', ':held': 'held', ':failed': 'failed' },
          ...{ ':job': jobId, ':reason': reason, ':now': now() },
        },
      });
    },

    /** Releases a failed chapter for the next run, with all of its attempts; true again on a repeat. */
    retry(chapterId: string, jobId: JobId): Promise<boolean> {
      return updateIf({
        Key: { chapter_id: chapterId },
        UpdateExpression: 'SET retry_at = :now, attempts = :none, updated_at = :now',
        ConditionExpression: 'job_id = :job AND #status = :failed',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':failed': 'failed', ':none': 0, ':job': jobId, ':now': now() },
      });
    },
  };
}
