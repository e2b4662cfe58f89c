/** A list of any length with rows of equal height; only visible rows are rendered. */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { scrollable } from './scrollable.ts';

interface Props {
  count: number;
  rowHeight: number;
  label: string;
  row(index: number): ComponentChildren;
  /** Stays at the end while rows are added, unless the user scrolled away. */
  followEnd?: boolean;
  /** A row to scroll into view. */
  show?: number | undefined;
  maxHeight?: number;
}

const spare = 8;

export function VirtualList({ count, rowHeight, label, row, followEnd, show, maxHeight = 560 }: Props) {
  const frame = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  const [view, setView] = useState({ top: 0, height: maxHeight });

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => {
      atEnd.current = element.scrollTop + element.clientHeight >= element.scrollHeight - rowHeight;
      setView({ top: element.scrollTop, height: element.clientHeight });
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      observer.disconnect();
    };
  }, [rowHeight]);

  useLayoutEffect(() => {
    const element = frame.current;
    if (element && followEnd && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [count, followEnd]);

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element || show === undefined || show < 0) return;
    const top = show * rowHeight;
    if (top < element.scrollTop || top + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = Math.max(0, top - element.clientHeight / 2);
  }, [show, rowHeight]);

  const first = Math.max(0, Math.floor(view.top / rowHeight) - spare);
  const last = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + spare);
  const rows = Array.from({ length: Math.max(0, last - first) }, (_, offset) => first + offset);
  return (
    <section
      class="virtual"
      ref={frame}
      {...scrollable}
      aria-label={label}
      style={{ maxHeight: `${maxHeight}px` }}
    >
      <div style={{ height: `${count * rowHeight}px` }}>
        <div style={{ transform: `translateY(${first * rowHeight}px)` }}>{rows.map(row)}</div>
      </div>
    </section>
  );
}
