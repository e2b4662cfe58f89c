/** The camera's shots: each with its picture, its page, from where to where, and its narration. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Panels } from '../../../../domain/page.ts';
import type { Script } from '../../../../domain/script.ts';
import type { Shot, Shots } from '../../../../domain/shots.ts';
import type { VideoFormat } from '../../../../domain/video-format.ts';
import { playTime } from '../format.ts';
import { Empty, Loading, Problem } from '../parts/basics.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { usePosition } from '../playback.ts';
import { usePlan, useSight } from '../use-preview.ts';
import { useResource } from '../use-resource.ts';
import { type ArtifactProps, artifactUrl, publishedUrl } from './artifact.ts';
import { CameraPath } from './camera-path.tsx';
import { ShotPreview } from './shot-preview.tsx';

const rowHeight = 34;
const sources = ['chapter.json', 'panels.json', 'script.json', 'speech.json'];

export function ShotsView({ job, all, published, edits, segment, playback }: ArtifactProps) {
  const { reference, seen } = useSight<HTMLDivElement>();
  const url = (path: string) => {
    const artifact = all.find((one) => one.path === path);
    return artifact && artifactUrl(job, artifact);
  };
  const isPlannable = Boolean(url('script.json') && url('panels.json') && url('chapter.json'));
  const version = sources.map((path) => url(path) ?? '').join(' ');
  const plan = usePlan(job.job_id, edits, seen && isPlannable ? version : undefined);
  const kept = published.find(({ path }) => path === 'shots.json');
  const { value: keptShots } = useResource<Shots>(!isPlannable && kept ? publishedUrl(job, kept) : undefined);
  const { value: script } = useResource<Script>(url('script.json'));
  const { value: panels } = useResource<Panels>(url('panels.json'));
  const [chosen, choose] = useState(0);
  const [format, setFormat] = useState<VideoFormat>();
  const list = isPlannable ? plan.value : keptShots;
  const starts = useMemo(
    () => list?.shots.map(({ first_frame }) => first_frame / list.frames_per_second) ?? [],
    [list],
  );
  const position = usePosition(playback, starts);
  useEffect(() => {
    if (position.index !== undefined) choose(position.index);
  }, [position]);
  useEffect(() => {
    const at = list?.shots.findIndex(({ segments }) => segment !== undefined && segments.includes(segment));
    if (at !== undefined && at >= 0) choose(at);
  }, [segment]);
  if (!isPlannable && !kept) return <Empty title="The pages and the list of shots were deleted." />;
  const shot = list?.shots[Math.min(chosen, list.shots.length - 1)];
  if (!list || !shot)
    return <div ref={reference}>{plan.error ? <Problem error={plan.error} /> : <Loading />}</div>;
  const formats = (['16:9', '9:16'] as const).filter((one) => list.shots.some(({ camera }) => camera[one]));
  const shown = format && formats.includes(format) ? format : (formats[0] ?? '16:9');
  const page = panels?.pages.find(({ number }) => number === shot.page);
  const image = url(`pages/${String(shot.page).padStart(3, '0')}.jpg`);
  const row = (index: number) => {
    const one = list.shots[index];
    if (!one) return null;
    return (
      <button
        key={index}
        type="button"
        class="shot"
        style={{ height: `${rowHeight}px` }}
        aria-pressed={one === shot}
        onClick={() => {
          choose(index);
          playback.seek(starts[index] ?? 0);
        }}
      >
        <span class="number">{playTime(one.first_frame / list.frames_per_second)}</span>
        <span>{one.card ? `${one.card.kind} card` : (one.panel ?? `page ${one.page}`)}</span>
        <span class="event-note">{transitionText(one)}</span>
        <span class="number right">{(one.frames / list.frames_per_second).toFixed(1)} s</span>
      </button>
    );
  };
  return (
    <div class="spread" ref={reference}>
      {image && (
        <figure class="page">
          <div class="page-frame">
            <img src={image} alt={`Page ${shot.page}`} />
            {page && <CameraPath shot={shot} format={shown} width={page.width} height={page.height} />}
          </div>
          <figcaption>
            <span>— — from</span>
            <span>—— to, {shot.easing}</span>
            {formats.map((one) => (
              <label key={one} class="check">
                <input type="radio" name="format" checked={one === shown} onChange={() => setFormat(one)} />
                {one}
              </label>
            ))}
          </figcaption>
        </figure>
      )}
      <div class="segments">
        {plan.value && isPlannable && (
          <ShotPreview job={job.job_id} plan={plan.value} shot={shot} format={shown} edits={edits} />
        )}
        {plan.error && <Problem error={plan.error} />}
        <VirtualList
          count={list.shots.length}
          rowHeight={rowHeight}
          label="Shots"
          row={row}
          show={list.shots.indexOf(shot)}
          maxHeight={420}
        />
        {script && (
          <blockquote class="subtitle" lang="vi">
            {shot.segments.map((index) => edits.get(index) ?? script.segments[index]?.text).join(' ')}
          </blockquote>
        )}
      </div>
    </div>
  );
}

function transitionText({ transition }: Shot): string {
  if (transition.kind === 'cut') return 'cut';
  const towards = transition.kind === 'slide' ? ` ${transition.towards}` : '';
  return `${transition.kind}${towards}, ${transition.frames} frames`;
}
