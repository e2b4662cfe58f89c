import type { JobId } from '../domain/job.ts';
import { conditionalUpdate, type TableUpdate } from './conditional-update.ts';

/** Chapters that wait for a person: no run claims them, and their claim does not expire. */
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

    /** Blocks a held chapter permanently, for a reviewer's reason; true again on a repeat. */
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
