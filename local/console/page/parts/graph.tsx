/** The drawing of a state machine, with the course of an execution. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Drawing, PlacedEdge, PlacedNode } from '../../graph/layout.ts';
import type { History } from '../visits.ts';
import { Check } from './basics.tsx';
import { scrollable } from './scrollable.ts';

interface Props {
  drawing: Drawing;
  history?: History | undefined;
  selected?: string | undefined;
  onSelect?(state: string): void;
}

const isState = ({ type }: PlacedNode) => !['Start', 'End', 'Join', 'Box'].includes(type);
/** One symbol for each type of state; screen readers get its name. */
const signs: Record<string, string> = {
  Task: '▸',
  Choice: '◇',
  Wait: '◷',
  Pass: '→',
  Parallel: '⫴',
  Map: '⟳',
  Succeed: '✓',
  Fail: '✕',
};

export function Graph({ drawing, history, selected, onSelect }: Props) {
  const [allErrors, setAllErrors] = useState(false);
  const [whole, setWhole] = useState(false);
  const frame = useRef<HTMLElement>(null);
  const shownState = selected ?? history?.visits.at(-1)?.state;
  useEffect(() => {
    if (frame.current) bringIntoSight(frame.current, shownState);
  }, [shownState, whole]);
  const { width, height, nodes, edges } = drawing;
  const hasCatches = edges.some(({ kind }) => kind === 'catch');
  const taken = history ? takenEdges(history) : new Set<string>();
  const isShown = ({ kind, from, to }: PlacedEdge) =>
    kind === 'next' || allErrors || from === selected || taken.has(`${from} ${to}`);
  const boxes = nodes.filter(({ type }) => type === 'Box');
  return (
    <div class="graph">
      <section
        class={`graph-frame${whole ? ' whole' : ''}`}
        ref={frame}
        {...scrollable}
        aria-label="Drawing of the state machine"
      >
        <svg
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          style={{ minWidth: whole ? '0' : `${width * smallest}px` }}
        >
          <title>States and the transitions between them</title>
          <defs>
            <marker
              id="arrow"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              orient="auto"
              markerUnits="userSpaceOnUse"
            >
              <path d="M0,0.5 L7.5,4 L0,7.5 z" />
            </marker>
          </defs>
          {boxes.map(({ id, x, y, width, height }) => (
            <rect
              key={id}
              class="box"
              x={x - width / 2}
              y={y - height / 2}
              width={width}
              height={height}
              rx={8}
            />
          ))}
          {edges.filter(isShown).map((edge) => (
            <Edge
              key={`${edge.from} ${edge.to} ${edge.label}`}
              edge={edge}
              taken={taken.has(`${edge.from} ${edge.to}`)}
            />
          ))}
          {nodes.map((node) =>
            isState(node) ? (
              <StateNode
                key={node.id}
                node={node}
                history={history}
                selected={selected === node.id}
                {...(onSelect && { onSelect })}
              />
            ) : node.type === 'Box' ? null : (
              <circle key={node.id} class="dot" cx={node.x} cy={node.y} r={node.width / 2} />
            ),
          )}
        </svg>
      </section>
      <div class="line">
        <Check label="Whole" checked={whole} onChange={setWhole} />
        {hasCatches && <Check label="All error paths" checked={allErrors} onChange={setAllErrors} />}
      </div>
    </div>
  );
}

interface NodeProps {
  node: PlacedNode;
  history: History | undefined;
  selected: boolean;
  onSelect?(state: string): void;
}

function StateNode({ node, history, selected, onSelect }: NodeProps) {
  const { id, type, x, y, width, height } = node;
  const state = history?.states.get(id);
  const status = state?.status ?? 'idle';
  const visits = state?.visits ?? 0;
  const name = visits > 1 ? `${id} ×${visits}` : id;
  const spoken = [name, type, state && (status === 'caught' ? 'error caught' : status)]
    .filter(Boolean)
    .join(', ');
  const choose = onSelect && (() => onSelect(id));
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button
    <g
      class={`state ${status} ${type.toLowerCase()}${selected ? ' selected' : ''}`}
      transform={`translate(${x - width / 2} ${y - height / 2})`}
      role="button"
      // Lower case, because attribute names are case-sensitive in SVG.
      tabindex={0}
      data-state={id}
      aria-label={spoken}
      aria-description={node.comment}
      aria-pressed={selected}
      onClick={choose}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        choose?.();
      }}
    >
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a tooltip; the description reads it out */}
      {node.comment && <title aria-hidden="true">{node.comment}</title>}
      <rect width={width} height={height} rx={type === 'Choice' ? height / 2 : 7} />
      <text class="sign" x={17} y={height / 2}>
        {signs[type] ?? '·'}
      </text>
      <text class="name" x={30} y={height / 2}>
        {id}
      </text>
      {visits > 1 && (
        <text class="visits" x={width - 6} y={-4}>
          ×{visits}
        </text>
      )}
    </g>
  );
}

function Edge({ edge, taken }: { edge: PlacedEdge; taken: boolean }) {
  const { points, label, labelAt, kind } = edge;
  return (
    <g class={`edge ${kind}${taken ? ' taken' : ''}`}>
      <path d={curve(points)} marker-end="url(#arrow)" />
      {labelAt && (
        <text x={labelAt.x} y={labelAt.y}>
          {label}
        </text>
      )}
    </g>
  );
}

/** The smallest scale at which names are legible; below it the drawing scrolls instead. */
const smallest = 0.8;

/** Scrolls the drawing, but nothing around it, to a state. */
function bringIntoSight(frame: HTMLElement, state: string | undefined): void {
  const node = state && frame.querySelector(`[data-state="${CSS.escape(state)}"]`);
  if (!node) return;
  const { top, height, left, width } = node.getBoundingClientRect();
  const around = frame.getBoundingClientRect();
  if (top < around.top || top + height > around.bottom)
    frame.scrollTop += top + height / 2 - (around.top + around.height / 2);
  if (left < around.left || left + width > around.right)
    frame.scrollLeft += left + width / 2 - (around.left + around.width / 2);
}

/** Draws a curve through the midpoints between the points, so that corners are round. */
function curve(points: readonly { x: number; y: number }[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const parts = [`M${first.x},${first.y}`];
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1];
    if (!next) parts.push(`L${point.x},${point.y}`);
    else parts.push(`Q${point.x},${point.y} ${(point.x + next.x) / 2},${(point.y + next.y) / 2}`);
  }
  return parts.join(' ');
}

/** Returns the edges that the execution took: from each state to the next one entered. */
function takenEdges({ visits }: History): Set<string> {
  const taken = new Set<string>();
  const before = new Map<object | undefined, string>();
  for (const { state, parent, iteration } of visits) {
    const scope = parent ?? undefined;
    const from = before.get(scope);
    if (from && !iteration) {
      taken.add(`${from} ${state}`);
      taken.add(`${from}#end ${state}`);
    } else if (!from) taken.add(`${parent ? parent.state : '#start'} ${state}`);
    before.set(scope, state);
  }
  return taken;
}
