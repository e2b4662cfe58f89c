import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ExecutionStopped } from '../domain/errors.ts';
import {
  Job,
  type JobId,
  type JobProgress,
  type JobStatus,
  type Machine,
  statusesAtWork,
} from '../domain/job.ts';
import { dynamodb } from './clients/dynamodb.ts';
import { conditionalUpdate } from './conditional-update.ts';
import { updateExpression } from './update-expression.ts';

/** New values of a job's fields; null removes one. */
export type JobChanges = {
  [Field in keyof Omit<Job, 'job_id' | 'updated_at'>]?: Job[Field] | null;
};

/** The jobs table. */
export function jobStore(table: string) {
  const changeOf = (jobId: JobId, changes: JobChanges) => ({
    Key: { job_id: jobId },
    ...updateExpression({ ...changes, updated_at: new Date().toISOString() }),
  });

  /**
   * Changes some fields; a missing job is created, so that every error is recorded. Throws ExecutionStopped for a status at
   * work when the job's execution has ended: a function can still be running then.
   */
  async function update(jobId: JobId, changes: JobChanges): Promise<void> {
    const change = changeOf(jobId, changes);
    if (!changes.status || !statusesAtWork.has(changes.status)) {
      await dynamodb.send(new UpdateCommand({ TableName: table, ...change }));
      return;
    }
    const ConditionExpression = 'attribute_not_exists(stopped_while)';
    if (!(await conditionalUpdate(table, { ...change, ConditionExpression })))
      throw new ExecutionStopped(
        `The execution of ${jobId} was stopped; the job continues only after a redrive`,
      );
  }

  /** Sets a member of a field that is a map; `once` keeps one that is there. */
  async function setInMap(
    jobId: JobId,
    field: 'machines' | 'shard_tokens',
    name: string,
    value: unknown,
    { once = false } = {},
  ): Promise<void> {
    const set = (UpdateExpression: string, more: object) =>
      dynamodb.send(
        new UpdateCommand({ TableName: table, Key: { job_id: jobId }, UpdateExpression, ...more }),
      );
    // A path in a map can be set only if the map exists.
    await set(`SET ${field} = if_not_exists(${field}, :none)`, {
      ExpressionAttributeValues: { ':none': {} },
    });
    await set(`SET ${field}.#name = ${once ? `if_not_exists(${field}.#name, :value)` : ':value'}`, {
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':value': value },
    });
  }

  /** Adds to a number of a job. */
  async function add(
    jobId: JobId,
    field: 'function_seconds' | 'broken_pieces',
    amount: number,
  ): Promise<void> {
    await dynamodb.send(
      new UpdateCommand({
        TableName: table,
        Key: { job_id: jobId },
        UpdateExpression: `ADD ${field} :amount`,
        ExpressionAttributeValues: { ':amount': amount },
      }),
    );
  }

  return {
    /** Returns the current job, or undefined. A record with nothing but the mark of a step is not a job. */
    async get(jobId: JobId): Promise<Job | undefined> {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName: table, Key: { job_id: jobId }, ConsistentRead: true }),
      );
      return Item?.status === undefined ? undefined : Job.parse(Item);
    },

    update,

    /** Records the end of a job that is at work or has no record yet; false if it has ended in the meantime. */
    stop(jobId: JobId, changes: JobChanges): Promise<boolean> {
      const { ExpressionAttributeNames, ExpressionAttributeValues, ...change } = changeOf(jobId, changes);
      const atWork = [...statusesAtWork].map((status, index) => [`:at${index}`, status] as const);
      return conditionalUpdate(table, {
        ...change,
        ConditionExpression: `attribute_not_exists(#status) OR #status IN (${atWork.map(([name]) => name).join(', ')})`,
        ExpressionAttributeNames: { ...ExpressionAttributeNames, '#status': 'status' },
        ExpressionAttributeValues: { ...ExpressionAttributeValues, ...Object.fromEntries(atWork) },
      });
    },

    /** Returns a stopped job to the status that it had, without its failure. */
    async resume(jobId: JobId, status: JobStatus): Promise<void> {
      const failure = { error_name: null, error_message: null, error_log: null };
      const over = { ...failure, failed_at: null, failed_state: null, stopped_while: null };
      await conditionalUpdate(table, {
        ...changeOf(jobId, { status, ...over }),
        ConditionExpression: 'attribute_exists(stopped_while)',
      });
    },

    /** Records a machine of the job; a repeated call changes nothing. */
    async addMachine(jobId: JobId, instanceId: string, machine: Machine): Promise<void> {
      await setInMap(jobId, 'machines', instanceId, machine, { once: true });
    },

    /** Sets the status of a job and the task token of one of its shards. Throws ExecutionStopped as `update` does. */
    async startShard(jobId: JobId, status: JobStatus, shard: number, taskToken: string): Promise<void> {
      await update(jobId, { status });
      await setInMap(jobId, 'shard_tokens', String(shard), taskToken);
    },

    /** Records when a machine of the job ended, once; false if the job does not have this machine. */
    endMachine: (jobId: JobId, instanceId: string, endedAt: string): Promise<boolean> =>
      conditionalUpdate(table, {
        Key: { job_id: jobId },
        UpdateExpression: 'SET machines.#id.ended_at = if_not_exists(machines.#id.ended_at, :end)',
        ConditionExpression: 'attribute_exists(machines.#id)',
        ExpressionAttributeNames: { '#id': instanceId },
        ExpressionAttributeValues: { ':end': endedAt },
      }),

    /** Adds the seconds of a function that rendered the job. */
    addFunctionSeconds: (jobId: JobId, seconds: number): Promise<void> =>
      add(jobId, 'function_seconds', seconds),

    /** Counts a stored piece of the render that could not be used. */
    addBrokenPiece: (jobId: JobId): Promise<void> => add(jobId, 'broken_pieces', 1),

    /** Sets the progress of the current step. */
    reportProgress: (jobId: JobId, progress: JobProgress) => update(jobId, { progress }),

    /** Fixes the quota day of a job at the first call; later calls return the same day. */
    async countedOn(jobId: JobId, day: string): Promise<string> {
      const { Attributes } = await dynamodb.send(
        new UpdateCommand({
          TableName: table,
          Key: { job_id: jobId },
          UpdateExpression: 'SET counted_on = if_not_exists(counted_on, :day), updated_at = :now',
          ExpressionAttributeValues: { ':day': day, ':now': new Date().toISOString() },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return String(Attributes?.counted_on);
    },
  };
}
