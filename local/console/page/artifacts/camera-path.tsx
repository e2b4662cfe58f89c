/** The camera's movement of a shot, drawn over its page. */
import type { Shot, View } from '../../../../domain/shots.ts';
import type { VideoFormat } from '../../../../domain/video-format.ts';

interface Props {
  shot: Shot;
  format: VideoFormat;
  width: number;
  height: number;
}

export function CameraPath({ shot, format, width, height }: Props) {
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
