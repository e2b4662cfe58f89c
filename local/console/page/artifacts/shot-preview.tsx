/** The picture of a shot at a chosen moment, as the renderer would draw it, before anything is rendered. */
import { useEffect, useState } from 'preact/hooks';
import type { PreviewPlan } from '../../../../domain/preview.ts';
import type { Shot } from '../../../../domain/shots.ts';
import type { VideoFormat } from '../../../../domain/video-format.ts';
import { countText } from '../format.ts';
import { Loading, Problem } from '../parts/basics.tsx';
import { usePicture } from '../use-preview.ts';
import type { Edits } from './artifact.ts';

interface Props {
  job: string;
  plan: PreviewPlan;
  shot: Shot;
  format: VideoFormat;
  edits: Edits;
}

export function ShotPreview({ job, plan, shot, format, edits }: Props) {
  // The middle: after the transition, and with a subtitle.
  const [moment, setMoment] = useState(0.5);
  useEffect(() => setMoment(0.5), [shot.first_frame]);
  const frame = shot.first_frame + Math.min(shot.frames - 1, Math.floor(moment * shot.frames));
  const { value: picture, error } = usePicture(job, edits, plan, { format, frame });
  const seconds = frame / plan.frames_per_second;
  const cue = plan.cues.find(({ start, end }) => start <= seconds && seconds < end);
  const into = (frame - shot.first_frame) / plan.frames_per_second;
  const length = shot.frames / plan.frames_per_second;
  return (
    <figure class={`preview ${format === '9:16' ? 'upright' : ''}`} aria-label="Preview of the shot">
      {error && <Problem error={error} />}
      {!picture && !error && <Loading />}
      {picture && (
        <div class="preview-frame">
          <img src={picture} alt={`The video at ${seconds.toFixed(1)} s`} />
          {cue && !plan.burnt && <p lang="vi">{cue.lines.join('\n')}</p>}
        </div>
      )}
      <label>
        {into.toFixed(1)} s of {length.toFixed(1)} s
        <input
          type="range"
          min={0}
          max={shot.frames - 1}
          value={frame - shot.first_frame}
          aria-label="Moment of the shot"
          aria-valuetext={`${into.toFixed(1)} of ${length.toFixed(1)} seconds`}
          onInput={(event) => setMoment((Number(event.currentTarget.value) + 0.5) / shot.frames)}
        />
      </label>
      {(plan.estimated.length > 0 || edits.size > 0) && (
        <figcaption class="quiet">
          {edits.size > 0 && 'With your changes, which are not saved. '}
          {plan.estimated.length > 0 &&
            `${countText(plan.estimated.length, 'segment')} not spoken yet: their times are estimates.`}
        </figcaption>
      )}
    </figure>
  );
}
