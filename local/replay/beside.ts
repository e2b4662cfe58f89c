/** Gives a repeated job its own id, artifacts, record and chapters, so that it runs beside the job that it repeats. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { artifactsOf } from '../../domain/artifacts.ts';
import { Chapter } from '../../domain/chapter.ts';
import { chapterIdsOf } from '../../domain/chapter-parts.ts';
import { chaptersHeldBy, JobId } from '../../domain/job.ts';
import { accessTo, type CloudAccess, type ShownCloud } from '../cloud-access.ts';
import type { Attributes } from '../item.ts';

type Cloud = Pick<ShownCloud, 'endpoint' | 'region' | 'resources'>;

/** JSON texts. */
interface Inputs {
  input: string;
  stateInput: string;
}
export interface Beside extends Inputs {
  /** Result of the repeated job; undefined if the state had no job yet. */
  job?: { from: JobId; to: JobId; artifacts: number; chapters: string[] };
}

const OfJob = z.object({ job_id: JobId });
const replayPrefix = 'job-replay-';

/** Fields that belong to the first run: its publication, machines, tokens, slot, failure and costs. */
const notRepeated: ReadonlySet<string> = new Set([
  ...[
    'task_token',
    'shard_tokens',
    'review_token',
    'instance_id',
    'instance_type',
    'spot_request_id',
    'progress',
  ],
  ...[
    'youtube_url',
    'short_seconds',
    'short_url',
    'short_missing',
    'published_at',
    'counted_on',
    'cleaned_at',
    'continued_in',
    'stopped_while',
  ],
  ...['error_name', 'error_message', 'error_log', 'failed_at', 'failed_state'],
  ...['llm_tokens_in', 'llm_tokens_out', 'llm_cost_usd', 'paid_characters', 'machines', 'function_seconds'],
  ...['stored_bytes', 'uploaded_bytes', 'broken_pieces'],
]);

/**
 * Copies what the cloud has of the job under a new id, into the same or other tables and bucket, and returns the inputs with that
 * id.
 */
export async function runBeside(
  { input, stateInput }: Inputs,
  cloud: Cloud,
  into: Cloud['resources'] = cloud.resources,
): Promise<Beside> {
  const given = OfJob.safeParse(JSON.parse(stateInput));
  if (!given.success) return { input, stateInput };
  const from = given.data.job_id;
  const to = `${replayPrefix}${randomUUID()}`;
  const renamed = (text: string) => text.replaceAll(from, to);
  // A chapter has one job, so each gets another id too, without that of an earlier replay.
  const own = (id: string) => `${to}/${id.startsWith(replayPrefix) ? id.slice(id.indexOf('/') + 1) : id}`;
  const access = accessTo(cloud);
  const target = { cloud: { ...cloud, resources: into }, access: accessTo({ ...cloud, resources: into }) };

  const record = await recordOf(from, cloud, access);
  const chapter = Chapter.optional().parse(await access.json(artifactsOf(from).chapter));
  const chapters = (chapter ? chapterIdsOf(chapter) : record.chapters).map(own);
  const artifacts = await copyArtifacts(from, renamed, access, {
    to: target.access,
    bucket: cloud.resources.artifactsBucket,
  });
  if (chapter) {
    const parts = chapter.parts?.map((part) => ({ ...part, chapter_id: own(part.chapter_id) }));
    const copy = { ...(JSON.parse(renamed(JSON.stringify(chapter))) as Chapter), ...(parts && { parts }) };
    const body = JSON.stringify({ ...copy, chapter_id: own(chapter.chapter_id) });
    await target.access.s3('PUT', artifactsOf(to).chapter, '', body);
  }
  if (record.item || chapters.length > 0) await putRecords(to, record.item, chapters, target);
  return {
    ...{ input: renamed(input), stateInput: renamed(stateInput) },
    job: { from, to, artifacts, chapters },
  };
}

async function recordOf(jobId: JobId, cloud: Cloud, access: CloudAccess) {
  const TableName = cloud.resources.jobsTable;
  const { Item: item } = await access.dynamodb<{ Item?: Attributes }>('GetItem', {
    ...{ TableName, Key: { job_id: { S: jobId } }, ConsistentRead: true },
  });
  return { item, chapters: chaptersHeldBy(await access.item(TableName, { job_id: jobId })) };
}

/** Copies all artifacts except the publication, with which the repeated job would not publish; returns their number. */
async function copyArtifacts(
  from: JobId,
  renamed: (text: string) => string,
  access: CloudAccess,
  { to, bucket }: { to: CloudAccess; bucket: string },
): Promise<number> {
  const { root, publication } = artifactsOf(from);
  const objects = (await access.objects(root)).filter(({ key }) => key !== publication);
  for (const { key } of objects) {
    if (key.endsWith('.json'))
      await to.s3('PUT', renamed(key), '', renamed(JSON.stringify(await access.json(key))));
    else await to.copy(key, renamed(key), bucket);
  }
  return objects.length;
}

async function putRecords(
  jobId: JobId,
  item: Attributes = { status: { S: 'fetching' } },
  chapters: readonly string[],
  { cloud, access }: { cloud: Cloud; access: CloudAccess },
): Promise<void> {
  const { jobsTable, chaptersTable } = cloud.resources;
  const ids = { job_id: { S: jobId }, updated_at: { S: new Date().toISOString() } };
  const [first] = chapters;
  await access.dynamodb('PutItem', {
    TableName: jobsTable,
    Item: {
      ...Object.fromEntries(Object.entries(item).filter(([name]) => !notRepeated.has(name))),
      ...ids,
      ...(first !== undefined && { chapter_id: { S: first } }),
      ...(chapters.length > 1 && { chapter_ids: { L: chapters.map((S) => ({ S })) } }),
    },
  });
  for (const id of chapters)
    await access.dynamodb('PutItem', {
      TableName: chaptersTable,
      Item: { ...ids, chapter_id: { S: id }, status: { S: 'claimed' } },
    });
}
