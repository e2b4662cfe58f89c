/** A list of any length; only visible rows are rendered. */
import type { ComponentChildren } from 'preact';
import { useWindow } from '../use-window.ts';
import { scrollable } from './scrollable.ts';

interface Props {
  count: number;
  /** Estimated height of a row in px. */
  rowHeight: number;
  label: string;
  row(index: number): ComponentChildren;
  /** Stays at the end while rows are added, unless the user scrolled away. */
  followEnd?: boolean;
  /** A row to scroll into view. */
  show?: number | undefined;
  maxHeight?: number;
}

export function VirtualList({ label, row, maxHeight = 560, ...options }: Props) {
  const { frame, body, first, last, above, below } = useWindow<HTMLElement, HTMLDivElement>(options);
  return (
    <section
      class="virtual"
      ref={frame}
      {...scrollable}
      aria-label={label}
      style={{ maxHeight: `${maxHeight}px` }}
    >
      <div ref={body} style={{ paddingBlock: `${above}px ${below}px` }}>
        {Array.from({ length: last - first }, (_, offset) => (
          <div key={first + offset} data-row={first + offset}>
            {row(first + offset)}
          </div>
        ))}
      </div>
    </section>
  );
}
