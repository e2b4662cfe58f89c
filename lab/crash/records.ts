import { callJson, type LocalAddress, signature } from 'local-aws/client';
import { Job } from '../../domain/job.ts';
import { type Attributes, plainItem } from '../../local/item.ts';
import { pipelineResources } from '../../local/pipeline.ts';

const { jobsTable, chaptersTable, countersTable, artifactsBucket } = pipelineResources('us-east-1');

interface ChapterRecord {
  chapter_id: string;
  status: string;
  job_id: string;
}
interface DayRecord {
  date: string;
  count?: number;
  slots?: number;
}

/** Returns readers of everything that the pipeline has stored, over the API. */
export function records(target: LocalAddress) {
  async function all(TableName: string): Promise<Record<string, unknown>[]> {
    const { Items } = await callJson<{ Items: Attributes[] }>(target, 'dynamodb', 'Scan', {
      TableName,
      ConsistentRead: true,
    });
    return Items.map(plainItem);
  }

  async function keys(prefix: string): Promise<string[]> {
    const headers = signature('s3', target.region);
    const url = `${target.endpoint}/${artifactsBucket}?list-type=2&prefix=${encodeURIComponent(prefix)}`;
    const text = await (await fetch(url, { headers })).text();
    return [...text.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) => key ?? '');
  }

  return {
    jobs: async () => (await all(jobsTable)).map((item) => Job.parse(item)),
    chapters: async () => (await all(chaptersTable)) as unknown as ChapterRecord[],
    /** Returns the days of the quota; the table also has other counters. */
    days: async () =>
      ((await all(countersTable)) as unknown as DayRecord[]).filter(({ date }) =>
        /^\d{4}-\d\d-\d\d$/.test(date),
      ),
    keys,
    async forget(prefix: string): Promise<void> {
      const headers = signature('s3', target.region);
      for (const key of await keys(prefix))
        await fetch(`${target.endpoint}/${artifactsBucket}/${key}`, { method: 'DELETE', headers });
    },
  };
}
