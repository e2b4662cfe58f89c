/** The visible part of a long list. Rows can differ in height: each is measured when it is shown, and estimated before. */
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface Options {
  count: number;
  /** Estimated height of a row in px. */
  rowHeight: number;
  /** Stays at the end while rows are added, unless the user scrolled away. */
  followEnd?: boolean | undefined;
  /** A row to scroll into view. */
  show?: number | undefined;
}

interface Window<Frame, Body> {
  /** The element that scrolls. */
  frame: RefObject<Frame | null>;
  /** The element whose children are the rows, each with `data-row`. */
  body: RefObject<Body | null>;
  /** The rows to render: from the first until before the last. */
  first: number;
  last: number;
  /** Heights of the rows before and after them, in px. */
  above: number;
  below: number;
}

/** Height in px that is rendered beyond the visible part. */
const spare = 300;

export function useWindow<Frame extends HTMLElement, Body extends HTMLElement>(
  options: Options,
): Window<Frame, Body> {
  const { count, rowHeight, followEnd, show } = options;
  const frame = useRef<Frame>(null);
  const body = useRef<Body>(null);
  const heights = useRef<number[]>([]);
  const atEnd = useRef(true);
  const [view, setView] = useState({ top: 0, height: 800 });
  const [, setMeasured] = useState(0);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const look = () => {
      atEnd.current = element.scrollTop + element.clientHeight >= element.scrollHeight - rowHeight;
      setView({ top: element.scrollTop, height: element.clientHeight });
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [rowHeight]);

  useLayoutEffect(() => {
    let changed = false;
    for (const row of body.current?.querySelectorAll<HTMLElement>(':scope > [data-row]') ?? []) {
      const index = Number(row.dataset.row);
      const { height } = row.getBoundingClientRect();
      if (Math.abs((heights.current[index] ?? rowHeight) - height) < 0.5) continue;
      heights.current[index] = height;
      changed = true;
    }
    if (changed) setMeasured((times) => times + 1);
    const element = frame.current;
    if (element && followEnd && atEnd.current) element.scrollTop = element.scrollHeight;
  });

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element || show === undefined || show < 0) return;
    let top = 0;
    for (let index = 0; index < show; index += 1) top += heights.current[index] ?? rowHeight;
    const bottom = top + (heights.current[show] ?? rowHeight);
    if (top < element.scrollTop || bottom > element.scrollTop + element.clientHeight)
      element.scrollTop = Math.max(0, top - element.clientHeight / 2);
  }, [show, rowHeight]);

  let first = 0;
  let above = 0;
  let last = 0;
  let end = 0;
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    const height = heights.current[index] ?? rowHeight;
    total += height;
    if (total < view.top - spare) {
      first = index + 1;
      above = total;
    }
    if (total - height <= view.top + view.height + spare) {
      last = index + 1;
      end = total;
    }
  }
  return { frame, body, first, last, above, below: total - end };
}
