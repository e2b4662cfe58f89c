import type { JobId } from '../domain/job.ts';
import { conditionalUpdate, type TableUpdate } from './conditional-update.ts';

/** Chapters of the chapters table that wait for a person: no run takes them, and their claim does not expire. */
export function heldChapters(table: string, clock: () => number = Date.now) {
  const now = () => new Date(clock()).toISOString();
  const updateIf = (update: TableUpdate) => conditionalUpdate(table, update);

  return {
    /** Keeps a claimed chapter for its job, without an end, until a person decides; true again on a repeat. */
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
     * Gives a held chapter back to its job, whose execution goes on with it: a claim without an end, since the job waits
     * for a slot of a day. One that an operator freed meanwhile is taken again. True again on a repeat.
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

    /** Takes a held chapter away from its job for good, for a reviewer's reason; true again on a repeat. */
    reject(chapterId: string, jobId: JobId, reason: string): Promise<boolean> {
      return updateIf({
        Key: { chapter_id: chapterId },
        UpdateExpression:
          'SET #status = :blocked, blocked_for = :reason, updated_at = :now REMOVE lease_until',
        ConditionExpression:
          'job_id = :job AND #status IN (:claimed, :held, :blocked) AND attribute_not_exists(out_since)',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ...{ ':blocked': 'blocked', ':claimed': 'claimed', ':held': 'held' },
          ...{ ':job': jobId, ':reason': reason, ':now': now() },
        },
      });
    },
  };
}
