/** Format of the times: in local time, in UTC, or relative to the cloud's clock. One choice for the console, kept in this browser. */
import { useEffect, useState } from 'preact/hooks';
import { cloudNow } from './cloud-clock.ts';
import { createListeners, useOutside } from './listeners.ts';

export const timeModes = ['local', 'UTC', 'relative'] as const;
export type TimeMode = (typeof timeModes)[number];

const kept = 'console-times';
const changed = createListeners();
let mode = timeModes.find((one) => one === localStorage.getItem(kept)) ?? 'local';

export function setTimeMode(wanted: TimeMode): void {
  mode = wanted;
  localStorage.setItem(kept, wanted);
  changed.tell();
}

/** Returns the chosen mode, also after it changes. */
export const useTimeMode = (): TimeMode => useOutside(changed.subscribe, () => mode);

interface Wording {
  mode: TimeMode;
  /** The cloud's time, in ms since 1970. */
  now: number;
  /** With milliseconds. */
  exact?: boolean | undefined;
}

const clockParts = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const exactParts = { ...clockParts, second: '2-digit', fractionalSecondDigits: 3 } as const;

/** Formats a time: its clock time, with the day if it is not today and the year if it is not this one. */
export function timeText(time: number, { mode, now, exact }: Wording): string {
  if (mode === 'relative') return relativeText(time - now);
  const date = new Date(time);
  const [day, today] = [dayOf(time, mode), dayOf(now, mode)];
  const isToday = day === today;
  const text = date.toLocaleString(undefined, {
    ...(exact ? exactParts : { ...clockParts, ...(isToday && { second: '2-digit' }) }),
    ...(!isToday && { month: 'short', day: 'numeric' }),
    ...(day.slice(0, 4) !== today.slice(0, 4) && { year: 'numeric' }),
    ...(mode === 'UTC' && { timeZone: 'UTC' }),
  });
  return mode === 'UTC' ? `${text} UTC` : text;
}

const relative = new Intl.RelativeTimeFormat(undefined, { style: 'short' });
const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** Formats milliseconds from now: `5 min ago`, `in 2 hr`. */
function relativeText(milliseconds: number): string {
  const [unit, size] = units.find(([, size]) => Math.abs(milliseconds) >= size) ?? ['second', 1000];
  return relative.format(Math.trunc(milliseconds / size), unit);
}

const two = (value: number) => String(value).padStart(2, '0');

/** Returns `2026-01-31` in the zone of a mode. */
function dayOf(time: number, mode: TimeMode): string {
  const date = new Date(time);
  if (mode === 'UTC') return date.toISOString().slice(0, 10);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Returns the value of a `datetime-local` input for a time, in the zone that times are shown in. */
export function inputOfTime(text: string | null): string {
  const time = Date.parse(text ?? '');
  if (Number.isNaN(time)) return '';
  const date = new Date(time);
  if (mode === 'UTC') return date.toISOString().slice(0, 19);
  return `${dayOf(time, mode)}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** Returns the time of a `datetime-local` input as ISO 8601 in UTC. */
export function timeOfInput(value: string): string {
  const date = new Date(mode === 'UTC' ? `${value}Z` : value);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

const listeners = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;

/** Returns the cloud's time, every second while `running`. All callers share one timer. */
export function useNow(running: boolean): number {
  const [now, setNow] = useState(cloudNow);
  useEffect(() => {
    if (!running) return;
    const update = () => setNow(cloudNow());
    update();
    listeners.add(update);
    ticking ??= setInterval(() => {
      for (const listener of listeners) listener();
    }, 1000);
    return () => {
      listeners.delete(update);
      if (listeners.size > 0) return;
      clearInterval(ticking);
      ticking = undefined;
    };
  }, [running]);
  return running ? now : cloudNow();
}
