/** Preview of a job as the renderer would make it now, with the changes of sentences that are not saved. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PreviewPlan } from '../../../domain/preview.ts';
import type { VideoFormat } from '../../../domain/video-format.ts';
import { type ApiError, act, pictureOf } from './api.ts';
import type { Edits } from './artifacts/artifact.ts';

interface Shown<T> {
  value?: T | undefined;
  error?: ApiError | undefined;
}

/** A pause in typing or dragging after which a new preview is worth its time; ms. */
const pause = 150;

/**
 * Loads again when `key` changes, one request at a time, and skips those in between. The last value stays until the next one
 * is loaded.
 */
function useLatest<T>(key: string | undefined, load: () => Promise<T>): Shown<T> {
  const [shown, setShown] = useState<Shown<T>>({});
  const wanted = useRef(key);
  const busy = useRef(false);
  const latest = useRef(load);
  wanted.current = key;
  latest.current = load;
  useEffect(() => {
    const run = async () => {
      if (busy.current || wanted.current === undefined) return;
      busy.current = true;
      const mine = wanted.current;
      const result = await latest.current().then(
        (value): Shown<T> => ({ value }),
        (error: ApiError): Shown<T> => ({ error }),
      );
      busy.current = false;
      setShown(result);
      if (wanted.current !== mine) void run();
    };
    const timer = setTimeout(run, pause);
    return () => clearTimeout(timer);
  }, [key]);
  return shown;
}

const listOf = (edits: Edits) =>
  Array.from(edits, ([index, text]) => ({ index, text })).filter(({ text }) => text.trim());

/** `version` changes with the artifacts that the plan is made from; undefined while nothing can be planned. */
export function usePlan(job: string, edits: Edits, version: string | undefined): Shown<PreviewPlan> {
  const body = { edits: listOf(edits) };
  const key = version && `${version} ${JSON.stringify(body)}`;
  return useLatest(key, () => act<PreviewPlan>('POST', `/api/jobs/${job}/plan`, body));
}

export interface Moment {
  format: VideoFormat;
  /** Frame of the video. */
  frame: number;
}

/** Returns the address of the picture of one moment. */
export function usePicture(
  job: string,
  edits: Edits,
  plan: PreviewPlan | undefined,
  picture: Moment,
): Shown<string> {
  const body = { edits: listOf(edits), picture };
  const isInside = plan !== undefined && picture.frame < plan.frames;
  const planned = useRef({ plan, count: 0 });
  if (planned.current.plan !== plan) planned.current = { plan, count: planned.current.count + 1 };
  const key = isInside ? `${planned.current.count} ${JSON.stringify(picture)}` : undefined;
  return useLatest(key, () => pictureOf(`/api/jobs/${job}/picture`, body));
}

/** Returns a reference for an element, and whether it has been in sight. */
export function useSight<T extends Element>() {
  const reference = useRef<T>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!reference.current || seen) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
      },
      { rootMargin: '200px' },
    );
    observer.observe(reference.current);
    return () => observer.disconnect();
  });
  return { reference, seen };
}
