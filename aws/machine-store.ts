import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, paginateScan, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { JobId } from '../domain/job.ts';
import { type HandedTask, StayingMachine } from '../domain/staying-machine.ts';
import { dynamodb } from './clients/dynamodb.ts';
import { conditionalUpdate } from './conditional-update.ts';

/** The machines table. Each change of a machine's item is one conditional update, so that a task has one machine. */
export function machineStore(table: string) {
  return {
    /** Returns the item of a machine; undefined for one that never stayed. */
    async get(instanceId: string): Promise<StayingMachine | undefined> {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName: table, Key: { instance_id: instanceId }, ConsistentRead: true }),
      );
      return Item && StayingMachine.parse(Item);
    },

    /**
     * Returns the items of all machines; there are no more than machines are up. One that can't be read is left out: its machine gets
     * no task, and a new one is started.
     */
    async all(): Promise<StayingMachine[]> {
      const machines: StayingMachine[] = [];
      const pages = paginateScan({ client: dynamodb }, { TableName: table, ConsistentRead: true });
      for await (const { Items = [] } of pages)
        machines.push(...Items.flatMap((item) => StayingMachine.safeParse(item).data ?? []));
      return machines;
    },

    /** Lets a machine that has finished its task wait for another one; false if it already has one. */
    wait({ instance_id, ...machine }: Required<Omit<StayingMachine, 'task_shard'>>): Promise<boolean> {
      const { worker, kind, job_id, task_token, idle_until } = machine;
      return conditionalUpdate(table, {
        Key: { instance_id },
        UpdateExpression:
          'SET worker = :worker, kind = :kind, job_id = :job, task_token = :token, idle_until = :until REMOVE task_shard',
        ConditionExpression: 'attribute_not_exists(instance_id) OR task_token = :token',
        ExpressionAttributeValues: {
          ...{ ':worker': worker, ':kind': kind, ':job': job_id, ':token': task_token, ':until': idle_until },
        },
      });
    },

    /**
     * Gives a task to a waiting machine. Returns the job that it worked for before, which is the same job if it already has this
     * task; undefined if it no longer waits.
     */
    async handOver(
      instanceId: string,
      { jobId, taskToken, shard }: HandedTask,
      now: Date,
    ): Promise<JobId | undefined> {
      try {
        const { Attributes } = await dynamodb.send(
          new UpdateCommand({
            TableName: table,
            Key: { instance_id: instanceId },
            UpdateExpression: `SET job_id = :job, task_token = :token${shard ? ', task_shard = :shard' : ''} REMOVE idle_until`,
            ConditionExpression: 'idle_until > :now OR task_token = :token',
            ExpressionAttributeValues: {
              ...{ ':job': jobId, ':token': taskToken, ':now': now.toISOString() },
              ...(shard && { ':shard': shard }),
            },
            ReturnValues: 'ALL_OLD',
          }),
        );
        return StayingMachine.parse(Attributes).job_id;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
    },

    /** Lets a waiting machine go: from then on it gets no task. False if it has got one after the one that it finished. */
    leave: (instanceId: string, finished: string): Promise<boolean> =>
      conditionalUpdate(table, {
        Key: { instance_id: instanceId },
        UpdateExpression: 'REMOVE idle_until',
        ConditionExpression: 'task_token = :finished',
        ExpressionAttributeValues: { ':finished': finished },
      }),

    /** Deletes the item of a machine that is gone; false if it has got a task since it was read. */
    async remove({ instance_id, task_token }: StayingMachine): Promise<boolean> {
      try {
        await dynamodb.send(
          new DeleteCommand({
            TableName: table,
            Key: { instance_id },
            ConditionExpression: 'attribute_not_exists(instance_id) OR task_token = :token',
            ExpressionAttributeValues: { ':token': task_token },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}
