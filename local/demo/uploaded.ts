import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CommandFailed } from '../../config/commands/command.ts';
import { artifactsOf, besideVideo } from '../../domain/artifacts.ts';
import type { Job, JobId } from '../../domain/job.ts';
import type { FakeVideo } from '../../fakes/youtube/channel.ts';
import type { PipelineRecords } from '../records.ts';
import type { FakeProviders } from './fake-providers.ts';

/** Writes an upload of the fake YouTube under the folder publisher's names, because the fake ends with the demo. */
async function saveUploaded(
  video: FakeVideo,
  folder: string,
  names: { content: string; metadata: string },
): Promise<void> {
  if (!video.content)
    throw new Error(`The fake YouTube only counted the bytes of ${video.id} and did not keep them`);
  await mkdir(folder, { recursive: true });
  const { snippet, status, content, thumbnails, captions } = video;
  const files: [string, string | Uint8Array | undefined][] = [
    [names.metadata, JSON.stringify({ snippet, status }, null, 2)],
    ...captions.map(({ language, text }): [string, string] => [`captions.${language}.srt`, text]),
    ['thumbnail.jpg', thumbnails.at(-1)?.picture],
    [names.content, content],
  ];
  for (const [name, bytes] of files) {
    if (bytes === undefined) continue;
    await writeFile(join(folder, `${name}.part`), bytes);
    await rename(join(folder, `${name}.part`), join(folder, name));
  }
}

/** Stores what the folder publisher keeps beside a video, before the job's artifacts are deleted. */
export async function keepBesideUpload(jobId: JobId, out: string, records: Pick<PipelineRecords, 'object'>) {
  const folder = join(out, jobId);
  await mkdir(folder, { recursive: true });
  const artifacts = artifactsOf(jobId);
  for (const key of [...besideVideo(artifacts), artifacts.thumbnail(2), artifacts.thumbnail(3)]) {
    const found = await records.object(key);
    if (found) await writeFile(join(folder, basename(key)), found);
  }
}

/** Stores what the fake YouTube has, which must be one video, and its Short if the job has one. */
export async function keepUpload(
  fakes: Pick<FakeProviders, 'youtube' | 'account'>,
  job: Job,
  out: string,
): Promise<void> {
  const { videos } = fakes.youtube.channel;
  const at = (url: string) => {
    const found = videos.find(({ id }) => url.endsWith(id));
    if (found) return found;
    throw new CommandFailed(`the job says ${url}, which the fake YouTube does not have`);
  };
  const video = at(job.youtube_url ?? 'nothing');
  const short = job.short_url === undefined ? undefined : at(job.short_url);
  const uploads = short ? 2 : 1;
  if (videos.length > uploads)
    throw new CommandFailed(
      `the fake YouTube has ${videos.length} videos of one chapter instead of ${uploads}`,
    );
  const folder = join(out, job.job_id);
  await saveUploaded(video, folder, { content: 'video.mp4', metadata: 'metadata.json' });
  if (short) await saveUploaded(short, folder, { content: 'short.mp4', metadata: 'short.metadata.json' });
  console.log(`\nfakes: ${fakes.account()}`);
  for (const { snippet, bytes } of short ? [video, short] : [video])
    console.log(`uploaded to ${fakes.youtube.origin} as “${snippet.title}”, ${bytes} bytes`);
}
