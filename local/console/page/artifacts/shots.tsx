/** The camera's shots: each on its page, from where to where, with its narration and subtitles. */
import { useState } from 'preact/hooks';
import type { Panels } from '../../../../domain/page.ts';
import type { Script } from '../../../../domain/script.ts';
import type { Shot, Shots, VideoFormat, View } from '../../../../domain/shots.ts';
import { playTime } from '../format.ts';
import { Empty, Loading } from '../parts/basics.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { useResource } from '../use-resource.ts';
import { type ArtifactProps, artifactUrl } from './artifact.ts';

const rowHeight = 34;

export function ShotsView({ job, all }: ArtifactProps) {
  const url = (path: string) => {
    const artifact = all.find((one) => one.path === path);
    return artifact && artifactUrl(job, artifact);
  };
  const { value: list } = useResource<Shots>(url('shots.json'));
  const { value: script } = useResource<Script>(url('script.json'));
  const { value: panels } = useResource<Panels>(url('panels.json'));
  const [chosen, choose] = useState(0);
  const [format, setFormat] = useState<VideoFormat>('16:9');
  const shot = list?.shots[chosen];
  if (!url('shots.json'))
    return <Empty title="The pages were deleted. The list of shots is kept with the published video." />;
  if (!list || !shot) return <Loading />;
  const formats = (['16:9', '9:16'] as const).filter((one) => list.shots.some(({ camera }) => camera[one]));
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
        aria-pressed={index === chosen}
        onClick={() => choose(index)}
      >
        <span class="number">{playTime(one.first_frame / list.frames_per_second)}</span>
        <span>{one.card ? `${one.card.kind} card` : (one.panel ?? `page ${one.page}`)}</span>
        <span class="event-note">{transitionText(one)}</span>
        <span class="number right">{(one.frames / list.frames_per_second).toFixed(1)} s</span>
      </button>
    );
  };
  return (
    <div class="spread">
      <figure class="page">
        <div class="page-frame">
          {image && <img src={image} alt={`Page ${shot.page}`} />}
          {page && <Camera shot={shot} format={format} width={page.width} height={page.height} />}
        </div>
        <figcaption>
          <span>— — from</span>
          <span>—— to, {shot.easing}</span>
          {formats.map((one) => (
            <label key={one} class="check">
              <input type="radio" name="format" checked={one === format} onChange={() => setFormat(one)} />
              {one}
            </label>
          ))}
        </figcaption>
      </figure>
      <div class="segments">
        <VirtualList
          count={list.shots.length}
          rowHeight={rowHeight}
          label="Shots"
          row={row}
          show={chosen}
          maxHeight={420}
        />
        <blockquote class="subtitle" lang="vi">
          {shot.segments.map((index) => script?.segments[index]?.text).join(' ')}
        </blockquote>
      </div>
    </div>
  );
}

function transitionText({ transition }: Shot): string {
  if (transition.kind === 'cut') return 'cut';
  const towards = transition.kind === 'slide' ? ` ${transition.towards}` : '';
  return `${transition.kind}${towards}, ${transition.frames} frames`;
}

interface CameraProps {
  shot: Shot;
  format: VideoFormat;
  width: number;
  height: number;
}

function Camera({ shot, format, width, height }: CameraProps) {
  const move = shot.camera[format];
  if (!move) return null;
  const middle = ({ x, y, w, h }: View) => [x + w / 2, y + h / 2] as const;
  const [x1, y1] = middle(move.from);
  const [x2, y2] = middle(move.to);
  const rectangle = ({ x, y, w, h }: View, kind: string) => (
    <rect class={kind} x={x} y={y} width={w} height={h} />
  );
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label="The camera’s path over the page">
      {rectangle(move.from, 'camera-from')}
      {rectangle(move.to, 'camera-to')}
      <line class="camera-way" x1={x1} y1={y1} x2={x2} y2={y2} />
    </svg>
  );
}
