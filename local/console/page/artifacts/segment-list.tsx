/** The narration of a page by segments, with playback and editing. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Script, Segment } from '../../../../domain/script.ts';
import type { Speech } from '../../../../domain/speech.ts';
import type { ShownJob } from '../../model/jobs.ts';
import { act } from '../api.ts';
import { countText, playTime } from '../format.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { Empty } from '../parts/basics.tsx';
import type { Playback } from '../playback.ts';
import { rerunJob } from '../rerun-job.ts';
import type { Edits } from './artifact.ts';

interface Props {
  job: ShownJob;
  page: number;
  segments: readonly Segment[];
  script: Script | undefined;
  speech: Speech | undefined;
  active: Segment | undefined;
  onActive(segment: Segment | undefined): void;
  audioUrl(segment: Segment): string | undefined;
  onPage(page: number): void;
  edits: Edits;
  onEdits(edits: Edits): void;
  /** The segment that the video is at. */
  spoken: number | undefined;
  /** When each segment begins in the video, in seconds; empty without a video of this speech. */
  starts: readonly number[];
  playback: Playback;
}

export function SegmentList(props: Props) {
  const { job, page, segments, script, speech, active, onActive, audioUrl, onPage } = props;
  const { edits, onEdits, spoken, starts, playback } = props;
  const [playing, setPlaying] = useState<{ segment: Segment; goOn: boolean }>();
  const player = useRef<HTMLAudioElement>(null);
  const pageOfPlaying = playing?.segment.page;
  useEffect(() => {
    if (pageOfPlaying !== undefined && pageOfPlaying !== page) onPage(pageOfPlaying);
  }, [pageOfPlaying]);

  const play = (segment: Segment | undefined, goOn: boolean) => {
    const url = segment && audioUrl(segment);
    if (!segment || !url || !player.current) return stop();
    playback.pause();
    player.current.src = url;
    void player.current.play().catch(() => setPlaying(undefined));
    setPlaying({ segment, goOn });
    onActive(segment);
  };
  const stop = () => {
    player.current?.pause();
    setPlaying(undefined);
  };
  const ended = () => {
    if (!playing?.goOn) return stop();
    play(script?.segments[playing.segment.index + 1], true);
  };
  const edit = (index: number, text: string | undefined) => {
    const next = new Map(edits);
    const before = script?.segments[index]?.text;
    if (text === undefined || text === before) next.delete(index);
    else next.set(index, text);
    onEdits(next);
  };
  // A held chapter is not spoken yet, so there is nothing to rerun.
  const isHeld = job.status === 'needs_review';
  const save = async () => {
    const changed = Array.from(edits, ([index, text]) => ({ index, text }));
    if (!isHeld) return rerunJob(job.job_id, changed);
    await act('POST', `/api/jobs/${encodeURIComponent(job.job_id)}/script`, { edits: changed });
    onEdits(new Map());
  };
  const first = segments.find((segment) => audioUrl(segment));
  return (
    <div class="segments">
      <audio ref={player} onEnded={ended}>
        <track kind="captions" />
      </audio>
      <header class="panel-head">
        <h3>Page {page}</h3>
        <span class="quiet">
          {countText(segments.length, 'segment')}
          {script && ` of ${script.segments.length}`}
        </span>
        {first && (
          <button type="button" onClick={() => (playing?.goOn ? stop() : play(first, true))}>
            {playing?.goOn ? '■ Stop' : '▶ Play from here'}
          </button>
        )}
      </header>
      {segments.length === 0 && (
        <Empty title={script ? 'This page has no narration.' : 'The script is not written yet.'} />
      )}
      <ol>
        {segments.map((segment) => (
          <SegmentItem
            key={segment.index}
            segment={segment}
            text={edits.get(segment.index) ?? segment.text}
            isEdited={edits.has(segment.index)}
            isActive={active?.index === segment.index}
            isSpoken={spoken === segment.index}
            start={starts[segment.index]}
            playback={playback}
            isPlaying={playing?.segment.index === segment.index}
            duration={speech?.segments[segment.index]?.duration}
            hasAudio={audioUrl(segment) !== undefined}
            canEdit={script !== undefined && !job.published_at}
            onActive={() => onActive(segment)}
            onPlay={() => (playing?.segment.index === segment.index ? stop() : play(segment, false))}
            onEdit={(text) => edit(segment.index, text)}
          />
        ))}
      </ol>
      {edits.size > 0 && (
        <div class="edits" role="status">
          <span>{countText(edits.size, 'changed segment')}</span>
          <ActionButton tone="primary" onAct={save}>
            {isHeld ? 'Save' : 'Save and run again'}
          </ActionButton>
          <button type="button" onClick={() => onEdits(new Map())}>
            Discard
          </button>
        </div>
      )}
    </div>
  );
}

interface ItemProps {
  segment: Segment;
  text: string;
  isEdited: boolean;
  isActive: boolean;
  isPlaying: boolean;
  /** Whether the video is at this segment. */
  isSpoken: boolean;
  /** When it begins in the video, in seconds. */
  start: number | undefined;
  playback: Playback;
  duration: number | undefined;
  hasAudio: boolean;
  canEdit: boolean;
  onActive(): void;
  onPlay(): void;
  onEdit(text: string | undefined): void;
}

function SegmentItem(props: ItemProps) {
  const { segment, text, isEdited, isActive, isPlaying, isSpoken, start, duration, hasAudio, canEdit } =
    props;
  const { playback, onActive, onPlay, onEdit } = props;
  const seek = start === undefined ? undefined : () => playback.seek(start);
  const [editing, setEditing] = useState(false);
  const name = segment.index >= 0 ? `segment ${segment.index + 1}` : 'draft';
  return (
    <li
      class={`segment${isActive ? ' active' : ''}${isEdited ? ' edited' : ''}${isSpoken ? ' spoken' : ''}`}
      aria-current={isSpoken ? 'time' : undefined}
      onMouseEnter={onActive}
      onFocusCapture={onActive}
    >
      <div class="segment-tools">
        <button
          type="button"
          class="play"
          disabled={!hasAudio}
          onClick={onPlay}
          aria-label={`${isPlaying ? 'Stop' : 'Play'} ${name}`}
        >
          {isPlaying ? '■' : '▶'}
        </button>
        <span class="quiet number">{duration === undefined ? '' : playTime(duration)}</span>
      </div>
      <div class="segment-body">
        {editing ? (
          <textarea
            rows={4}
            lang="vi"
            maxLength={2000}
            value={text}
            aria-label={`Text of ${name}`}
            ref={(area) => area?.focus()}
            onInput={(event) => onEdit(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setEditing(false);
            }}
          />
        ) : (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the button below does the same by keyboard
          <p lang="vi" onClick={seek}>
            {text}
          </p>
        )}
        <p class="segment-facts">
          <span>{segment.kind}</span>
          {segment.speaker && <span>{segment.speaker}</span>}
          {segment.mood && segment.mood !== 'neutral' && <span>{segment.mood}</span>}
          <span>{segment.panels.join(', ')}</span>
          {start !== undefined && (
            <button
              type="button"
              class="plain"
              aria-label={`Show ${name} in the video`}
              onClick={() => {
                playback.seek(start);
                playback.show();
              }}
            >
              at {playTime(start)}
            </button>
          )}
          {isEdited && <strong>changed</strong>}
          {canEdit && (
            <button
              type="button"
              class="plain"
              aria-label={`${editing ? 'Done with' : 'Edit'} ${name}`}
              onClick={() => setEditing(!editing)}
            >
              {editing ? 'Done' : 'Edit'}
            </button>
          )}
        </p>
      </div>
    </li>
  );
}
