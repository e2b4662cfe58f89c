import { artifactsOf } from '../../domain/artifacts.ts';
import type { Shard } from '../../domain/worker-task.ts';
import { span } from '../../providers/tracing/span.ts';
import { atWork } from './at-work.ts';
import { fetchPages } from './fetch-pages.ts';
import { shownIn } from './pieces/plan-pieces.ts';
import { storePieces } from './pieces/render-pieces.ts';
import { planVideo } from './plan-video.ts';
import type { RendererPorts, RenderOptions } from './ports.ts';
import { Progress } from './progress.ts';
import { placeShot } from './shots/shot.ts';
import { planSound, soundFrames } from './sound/stored-sound.ts';

/** Pieces of a shard that were stored, and those that were there before. */
export interface RenderedShard {
  rendered: number;
  reused: number;
  /** Parts of the sound that were left to the join, since another shard had not measured its own. */
  soundLeft?: number;
}

/**
 * Stores one shard of a video's pieces and of its sound in the bucket, where the machine that makes the video finds them.
 * It needs no other shard and writes nothing else, so a shard that fails, comes late or runs twice costs only time.
 */
export function renderShard(
  jobId: string,
  shard: Shard,
  ports: RendererPorts,
  given: RenderOptions,
): Promise<RenderedShard> {
  return atWork(jobId, given, async (workers, options) => {
    const artifacts = artifactsOf(jobId);
    const { chapter, timeline, shots, cues } = await planVideo(artifacts, ports, options);
    const sound = await planSound(timeline, { artifacts, ports, options }, shard);
    const shards = Array.from({ length: shard.of }, (_, index) => ({ number: index + 1, of: shard.of }));
    const soundWork = shards.map((one) => soundFrames(timeline, one));
    const shapes = options.formats.map((format, index) => {
      const placed = shots.map((shot) => placeShot(shot, format));
      const share = { ...shard, otherWork: index === 0 ? soundWork : soundWork.map(() => 0) };
      return { format, shots: placed, share, ...shownIn(placed, share) };
    });
    const shown = shapes.flatMap(({ pages }) => pages);
    const pages = await span('download', () => fetchPages(chapter, shown, ports, options));
    const total = shapes.reduce((sum, { frames }) => sum + frames, 0);
    const progress = new Progress(total, ports.reportProgress);
    const rendering = { workers, artifacts, ports, progress, options };
    const sum = { rendered: 0, reused: 0 };
    for (const [index, { format, shots: placed, share }] of shapes.entries()) {
      const before = index === 0 ? sound.measuring : [];
      // As late as possible, since it needs the measures of all shards.
      const after = index === shapes.length - 1 ? sound.encoding : [];
      const pictures = { format, shots: placed, pages, burnt: options.burnSubtitles ? cues : undefined };
      const stored = await span(
        'render segments',
        () => storePieces(pictures, { ...rendering, before, after }, share),
        { format },
      );
      sum.rendered += stored.rendered;
      sum.reused += stored.reused;
    }
    await progress.finish();
    const soundLeft = sound.left();
    return soundLeft > 0 ? { ...sum, soundLeft } : sum;
  });
}
