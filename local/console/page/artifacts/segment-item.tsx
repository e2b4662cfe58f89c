/** One segment of the narration: its text, its sound, its place in the video, and an editor. */
import { useState } from 'preact/hooks';
import type { ScriptChange, Segment } from '../../../../domain/script.ts';
import { playTime } from '../format.ts';
import type { Playback } from '../playback.ts';

interface Props {
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
  /** Its first version, before it was told differently. */
  change: ScriptChange | undefined;
  /** The character's voice, if a character says it. */
  voice: string | undefined;
  hasAudio: boolean;
  canEdit: boolean;
  onActive(): void;
  onPlay(): void;
  /** Called when it is clicked, or will be edited. */
  onChoose(): void;
  onEdit(text: string | undefined): void;
}

export function SegmentItem(props: Props) {
  const { segment, text, isEdited, isActive, isPlaying, isSpoken, start, duration, hasAudio, canEdit } =
    props;
  const { change, voice, playback, onActive, onPlay, onChoose, onEdit } = props;
  const seek = () => {
    onChoose();
    if (start !== undefined) playback.seek(start);
  };
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
        {change && (
          <p class="quiet">
            Before: <span lang="vi">{change.before}</span> Changed because {change.why}.
          </p>
        )}
        <p class="segment-facts">
          <span>{segment.kind}</span>
          {segment.speaker && <span>{segment.speaker}</span>}
          {voice && <span class="quiet">{voice}</span>}
          {segment.mood && segment.mood !== 'neutral' && <span>{segment.mood}</span>}
          <span>{segment.panels.join(', ')}</span>
          {start !== undefined && (
            <button
              type="button"
              class="plain"
              aria-label={`at ${playTime(start)} in the video: ${name}`}
              onClick={() => {
                seek();
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
              onClick={() => {
                onChoose();
                setEditing(!editing);
              }}
            >
              {editing ? 'Done' : 'Edit'}
            </button>
          )}
        </p>
      </div>
    </li>
  );
}
