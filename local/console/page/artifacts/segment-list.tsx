/** The narration of a page by segments, with playback and editing. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Script, Segment } from '../../../../domain/script.ts';
import type { Speech } from '../../../../domain/speech.ts';
import type { ShownJob } from '../../model/jobs.ts';
import { act } from '../api.ts';
import { countText } from '../format.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { Empty } from '../parts/basics.tsx';
import type { Playback } from '../playback.ts';
import { rerunJob } from '../show-run.ts';
import type { Edits } from './artifact.ts';
import { SegmentItem } from './segment-item.tsx';

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
  onSegment(index: number): void;
  /** The segment that the video is at. */
  spoken: number | undefined;
  /** When each segment begins in the video, in seconds; empty without a video of this speech. */
  starts: readonly number[];
  playback: Playback;
}

export function SegmentList(props: Props) {
  const { job, page, segments, script, speech, active, onActive, audioUrl, onPage } = props;
  const { edits, onEdits, onSegment, spoken, starts, playback } = props;
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
            change={script?.changes?.find(({ index }) => index === segment.index)}
            voice={voiceOf(segment, speech)}
            hasAudio={audioUrl(segment) !== undefined}
            canEdit={script !== undefined && !job.published_at}
            onActive={() => onActive(segment)}
            onPlay={() => (playing?.segment.index === segment.index ? stop() : play(segment, false))}
            onChoose={() => onSegment(segment.index)}
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

/** Returns how the character sounds who says a segment. */
const voiceOf = ({ kind, speaker }: Segment, speech: Speech | undefined) =>
  kind === 'speech' ? speech?.cast?.find(({ name }) => name === speaker)?.sound : undefined;
