/** A page with its panels in reading order, its bubbles, lettering that gave no words, and the subject of each panel. */
import { useState } from 'preact/hooks';
import type { Box, PageAnalysis, Panel } from '../../../../domain/page.ts';
import { Check } from '../parts/basics.tsx';

interface Props {
  image: string;
  page: number;
  analysis: PageAnalysis | undefined;
  /** Ids of panels to highlight. */
  highlighted: readonly string[];
}

const layers = {
  panels: 'Panels',
  order: 'Reading order',
  bubbles: 'Bubbles',
  unread: 'Not read',
  focus: 'Focus',
} as const;
type Layer = keyof typeof layers;

export function PageOverlay({ image, page, analysis, highlighted }: Props) {
  const [shown, setShown] = useState<readonly Layer[]>(['panels', 'order', 'bubbles', 'unread']);
  const toggle = (layer: Layer) =>
    setShown((now) => (now.includes(layer) ? now.filter((one) => one !== layer) : [...now, layer]));
  return (
    <figure class="page">
      <div class="page-frame">
        <img src={image} alt={`Page ${page}`} />
        {analysis && <Marks analysis={analysis} shown={shown} highlighted={highlighted} />}
      </div>
      <figcaption>
        {analysis ? (
          <fieldset>
            <legend class="visually-hidden">Shown on the page</legend>
            {(Object.keys(layers) as Layer[]).map((layer) => (
              <Check
                key={layer}
                label={layers[layer]}
                checked={shown.includes(layer)}
                onChange={() => toggle(layer)}
              />
            ))}
          </fieldset>
        ) : (
          'Not read yet.'
        )}
      </figcaption>
    </figure>
  );
}

interface MarksProps {
  analysis: PageAnalysis;
  shown: readonly Layer[];
  highlighted: readonly string[];
}

function Marks({ analysis, shown, highlighted }: MarksProps) {
  const { width, height, panels, reading } = analysis;
  const unit = width / 100;
  const bubbles = panels.reduce((count, panel) => count + panel.bubbles.length, 0);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${panels.length} panels and ${bubbles} bubbles were found`}
    >
      {shown.includes('order') && <Order panels={panels} unit={unit} />}
      {panels.map((panel, index) => (
        <g key={panel.id} class={highlighted.includes(panel.id) ? 'told' : ''}>
          {shown.includes('panels') && <Rectangle of={panel} kind="panel-box" />}
          {shown.includes('bubbles') &&
            panel.bubbles.map((bubble) => (
              <Rectangle key={`${bubble.x} ${bubble.y}`} of={bubble} kind="bubble-box" title={bubble.text} />
            ))}
          {shown.includes('focus') && panel.focus && <Rectangle of={panel.focus} kind="focus-box" />}
          {(shown.includes('panels') || shown.includes('order')) && (
            <g class="badge" transform={`translate(${panel.x + 3.2 * unit} ${panel.y + 3.2 * unit})`}>
              <circle r={2.4 * unit} />
              <text font-size={2.9 * unit}>{index + 1}</text>
            </g>
          )}
        </g>
      ))}
      {shown.includes('unread') &&
        reading?.unread?.map((box) => (
          <Rectangle key={`${box.x} ${box.y}`} of={box} kind="unread-box" title={reasons[box.reason]} />
        ))}
    </svg>
  );
}

const reasons = {
  no_words: 'Lettering that gave no words',
  texture: 'This looks like a row of letters and gave no words',
} as const;

function Rectangle({ of: { x, y, w, h }, kind, title }: { of: Box; kind: string; title?: string }) {
  return (
    <rect class={kind} x={x} y={y} width={w} height={h}>
      {title && <title>{title}</title>}
    </rect>
  );
}

/** Draws a line from panel to panel in reading order. */
function Order({ panels, unit }: { panels: readonly Panel[]; unit: number }) {
  const middle = ({ x, y, w, h }: Panel) => `${x + w / 2},${y + h / 2}`;
  return <polyline class="order" points={panels.map(middle).join(' ')} stroke-width={0.6 * unit} />;
}
