import { artifactsOf } from '../../domain/artifacts.ts';
import type { Chapter } from '../../domain/chapter.ts';
import { appearanceOf, type PublishedVideo } from '../../domain/likeness/appearance.ts';
import type { Likeness } from '../../domain/likeness.ts';
import type { Publication } from '../../domain/publication.ts';
import type { Script } from '../../domain/script.ts';

export interface RecordPorts {
  findScript(key: string): Promise<Script | undefined>;
  findLikeness(key: string): Promise<Pick<Likeness, 'pictures'> | undefined>;
  /** Stores what viewers recognise of the video, for the comparison with later ones. */
  recordVideo(video: PublishedVideo): Promise<void>;
}

/** Records a video as it was published, also with the sentences that a person changed. A repeated call replaces the record. */
export async function recordVideo(
  chapter: Chapter,
  { url, published_at }: Publication,
  ports: RecordPorts,
): Promise<void> {
  const { job_id } = chapter;
  const artifacts = artifactsOf(job_id);
  const script = await ports.findScript(artifacts.script);
  if (!script) return;
  const { pictures = [] } = (await ports.findLikeness(artifacts.likeness)) ?? {};
  await ports.recordVideo({ ...appearanceOf(chapter, script, pictures), job_id, url, published_at });
}
