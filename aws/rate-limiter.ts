import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamodb } from './clients/dynamodb.ts';

const Turn = z.object({ next_at: z.number() });
/** Two callers can fail each other's condition only while the bucket changes from empty to full, which is brief. */
const maxTries = 10;

/**
 * A rate limit shared by all callers of a deployment: one item of the counters table with the time of the next free
 * turn, which is a token bucket with one token. Implements the providers' rate limiter.
 *
 * `name` is the service; its key `rate#<name>` can't be confused with a day of the counters, `YYYY-MM-DD`.
 */
export function rateLimiter(table: string, name: string, spacingMs: number, clock: () => number = Date.now) {
  const key = { date: `rate#${name}` };

  /** Moves the next turn when the condition holds; returns its time. */
  async function moveTurn(
    expression: string,
    condition: string,
    values: Record<string, number>,
  ): Promise<number | undefined> {
    try {
      const { Attributes } = await dynamodb.send(
        new UpdateCommand({
          TableName: table,
          Key: key,
          UpdateExpression: expression,
          ConditionExpression: condition,
          ExpressionAttributeValues: values,
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      return Turn.parse(Attributes).next_at;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  }

  return {
    /** Takes the next turn, in ms since 1970; the caller waits until then. */
    async reserve(): Promise<number> {
      for (let tries = 0; tries < maxTries; tries += 1) {
        const now = Math.ceil(clock());
        const queued = await moveTurn('SET next_at = next_at + :spacing', 'next_at > :now', {
          ':spacing': Math.ceil(spacingMs),
          ':now': now,
        });
        if (queued !== undefined) return queued - Math.ceil(spacingMs);
        const first = await moveTurn(
          'SET next_at = :next',
          'attribute_not_exists(next_at) OR next_at <= :now',
          {
            ':next': now + Math.ceil(spacingMs),
            ':now': now,
          },
        );
        if (first !== undefined) return now;
      }
      throw new Error(`${table}: no turn of ${key.date} after ${maxTries} tries`);
    },

    /** Allows no turn before `until`. */
    async pauseUntil(until: number): Promise<void> {
      await moveTurn('SET next_at = :until', 'attribute_not_exists(next_at) OR next_at < :until', {
        ':until': Math.ceil(until),
      });
    },
  };
}
