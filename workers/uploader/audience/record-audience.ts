import { join } from 'node:path';
import { artifactsOf, comparedThumbnailKey } from '../../../domain/artifacts.ts';
import { type AudienceRecord, timedSegments } from '../../../domain/audience/record.ts';
import { newTrial } from '../../../domain/audience/trial.ts';
import { lacks, type Publication } from '../../../domain/publication.ts';
import type { Script } from '../../../domain/script.ts';
import type { Speech } from '../../../domain/speech.ts';
import type { Thumbnails } from '../../../domain/thumbnails.ts';

export interface RecordAudiencePorts {
  findScript(key: string): Promise<Script | undefined>;
  findSpeech(key: string): Promise<Speech | undefined>;
  findThumbnails(key: string): Promise<Thumbnails | undefined>;
  findAudience(publishedAt: string, jobId: string): Promise<AudienceRecord | undefined>;
  putAudience(record: AudienceRecord): Promise<void>;
  download(key: string, toFile: string): Promise<void>;
  upload(key: string, fromFile: string, contentType: string): Promise<void>;
}

/**
 * Records what is needed to understand the audience of a published video after its artifacts are deleted, once: when which sentence is
 * told, and the two best thumbnails, which are compared if `compares`.
 */
export async function recordAudience(
  publication: Publication,
  { videoId, title, compares, folder }: { videoId: string; title: string; compares: boolean; folder: string },
  ports: RecordAudiencePorts,
): Promise<void> {
  const { job_id, url, published_at } = publication;
  if (await ports.findAudience(published_at, job_id)) return;
  const artifacts = artifactsOf(job_id);
  const script = await ports.findScript(artifacts.script);
  const speech = await ports.findSpeech(artifacts.speech);
  const { thumbnails = [] } = (await ports.findThumbnails(artifacts.thumbnails)) ?? {};
  const pair = thumbnails.slice(0, 2);
  const isTried = compares && pair.length === 2;
  if (isTried)
    for (const [index, { key }] of pair.entries()) {
      const file = join(folder, `compared-${index + 1}.jpg`);
      await ports.download(key, file);
      await ports.upload(comparedThumbnailKey(job_id, index + 1), file, 'image/jpeg');
    }
  const told = script && speech ? timedSegments(script, speech) : { segments: [], duration: 0 };
  await ports.putAudience({
    ...{ job_id, video_id: videoId, title, url, published_at },
    ...told,
    thumbnails,
    // Without its first thumbnail viewers see one that YouTube chose.
    ...(isTried && { trial: newTrial(published_at, !lacks(publication, 'thumbnail')) }),
  });
}
