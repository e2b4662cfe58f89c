import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandFailed } from '../../config/commands/command.ts';
import type { Job } from '../../domain/job.ts';
import type { FakeVideo } from '../../fakes/youtube/channel.ts';
import type { FakeProviders } from './fake-providers.ts';

/** Writes the upload of the fake YouTube to the folder publisher's path, because the fake ends with the demo. */
async function saveUploaded(video: FakeVideo, folder: string): Promise<void> {
  if (!video.content)
    throw new Error(`The fake YouTube only counted the bytes of ${video.id} and did not keep them`);
  await mkdir(folder, { recursive: true });
  const { snippet, status, content, thumbnail, captions } = video;
  const files: [string, string | Uint8Array | undefined][] = [
    ['metadata.json', JSON.stringify({ snippet, status }, null, 2)],
    ...captions.map(({ language, text }): [string, string] => [`captions.${language}.srt`, text]),
    ['thumbnail.jpg', thumbnail],
    ['video.mp4', content],
  ];
  for (const [name, bytes] of files) {
    if (bytes === undefined) continue;
    await writeFile(join(folder, `${name}.part`), bytes);
    await rename(join(folder, `${name}.part`), join(folder, name));
  }
}

/** Stores the upload of the fake YouTube, which must have exactly one video. */
export async function keepUpload(fakes: FakeProviders, job: Job, out: string): Promise<void> {
  const { videos } = fakes.youtube.channel;
  if (videos.length > 1)
    throw new CommandFailed(`the fake YouTube has ${videos.length} videos of one chapter`);
  const video = videos.find(({ id }) => job.youtube_url?.endsWith(id));
  if (!video)
    throw new CommandFailed(`the job says ${job.youtube_url}, which the fake YouTube does not have`);
  await saveUploaded(video, join(out, job.job_id));
  console.log(`\nfakes: ${fakes.account()}`);
  console.log(`uploaded to ${fakes.youtube.origin} as “${video.snippet.title}”, ${video.bytes} bytes`);
}
