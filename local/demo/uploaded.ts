import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FakeVideo } from '../../fakes/youtube/channel.ts';

/** Writes the upload of the fake YouTube to the folder publisher's path, because the fake ends with the demo. */
export async function saveUploaded(video: FakeVideo, folder: string): Promise<void> {
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
