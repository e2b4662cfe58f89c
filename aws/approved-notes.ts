import { createHash } from 'node:crypto';
import { GetCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ApprovedNote } from '../domain/limiting-note.ts';
import { dynamodb } from './clients/dynamodb.ts';
import { conditionalUpdate } from './conditional-update.ts';

/** An approval that was taken back keeps its time, so that a late repeat of an earlier approval does not return it. */
const Stored = z.union([z.object({ revoked_at: z.string() }), ApprovedNote]);

/**
 * The notes of each series that a person approved: one item for each in the counters table, where each change is one conditional update.
 * The key of a day is the date alone, so this key has a prefix; ids of series come from outside, so it contains a hash of the id.
 */
export function approvedNotes(table: string) {
  const prefixOf = (series: string) =>
    `note#${createHash('sha256').update(series).digest('hex').slice(0, 32)}#`;
  const keyOf = (series: string, textHash: string) => ({ date: `${prefixOf(series)}${textHash}` });

  const activeIn = (item: unknown): ApprovedNote | undefined => {
    if (item === undefined) return undefined;
    const stored = Stored.parse(item);
    return 'revoked_at' in stored ? undefined : stored;
  };

  return {
    /** Returns the approval of a text in a series; undefined if there is none, or it was taken back. */
    async find(series: string, textHash: string): Promise<ApprovedNote | undefined> {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName: table, Key: keyOf(series, textHash), ConsistentRead: true }),
      );
      return activeIn(Item);
    },

    /** Returns the approvals of a series that were not taken back, for an operator: it reads the whole table. */
    async all(series: string): Promise<ApprovedNote[]> {
      const pages = paginateScan(
        { client: dynamodb },
        {
          TableName: table,
          ConsistentRead: true,
          FilterExpression: 'begins_with(#date, :prefix)',
          ExpressionAttributeNames: { '#date': 'date' },
          ExpressionAttributeValues: { ':prefix': prefixOf(series) },
        },
      );
      const found: ApprovedNote[] = [];
      for await (const { Items = [] } of pages) found.push(...Items.flatMap((item) => activeIn(item) ?? []));
      return found.sort((a, b) => a.approved_at.localeCompare(b.approved_at));
    },

    /**
     * Stores an approval. False if the note is approved already, whose first approval stays, or was taken back at this time or later.
     */
    approve(series: string, note: ApprovedNote): Promise<boolean> {
      return conditionalUpdate(table, {
        Key: keyOf(series, note.text_hash),
        UpdateExpression:
          'SET text_hash = :hash, sentences = :sentences, approved_by = :by, approved_at = :at, job_id = :job, series = :series, updated_at = :at REMOVE revoked_at, revoked_by',
        ConditionExpression: 'attribute_not_exists(#date) OR revoked_at < :at',
        ExpressionAttributeNames: { '#date': 'date' },
        ExpressionAttributeValues: {
          ...{ ':hash': note.text_hash, ':sentences': note.sentences, ':series': series },
          ...{ ':by': note.approved_by, ':at': note.approved_at, ':job': note.job_id },
        },
      });
    },

    /**
     * Takes an approval back, also one that is still on its way, and deletes its text. False if that was done later already, or if only an
     * approval of one job is meant and another one approved the note.
     */
    takeBack(
      series: string,
      textHash: string,
      { by, at, ofJob }: { by: string; at: string; ofJob?: string | undefined },
    ): Promise<boolean> {
      const isOf = 'attribute_not_exists(job_id) OR job_id = :job';
      return conditionalUpdate(table, {
        Key: keyOf(series, textHash),
        UpdateExpression:
          'SET revoked_at = :at, revoked_by = :by, series = :series, updated_at = :at REMOVE sentences, approved_by, approved_at, job_id',
        ConditionExpression: `(attribute_not_exists(revoked_at) OR revoked_at < :at)${ofJob === undefined ? '' : ` AND (${isOf})`}`,
        ExpressionAttributeValues: {
          ...{ ':at': at, ':by': by, ':series': series },
          ...(ofJob !== undefined && { ':job': ofJob }),
        },
      });
    },
  };
}
export type ApprovedNotes = ReturnType<typeof approvedNotes>;
