/** Small components that every view uses. */
import type { ComponentChildren } from 'preact';
import type { ApiError } from '../api.ts';
import { durationText } from '../format.ts';
import { timeText, useNow, useTimeMode } from '../time-mode.ts';

const tones: Record<string, string> = {
  RUNNING: 'live',
  SUCCEEDED: 'good',
  FAILED: 'bad',
  TIMED_OUT: 'bad',
  ABORTED: 'quiet',
  running: 'live',
  succeeded: 'good',
  published: 'good',
  failed: 'bad',
  caught: 'warn',
  stopped: 'quiet',
  awaiting_review: 'warn',
  needs_review: 'warn',
  held: 'warn',
  blocked: 'bad',
  claimed: 'live',
  waiting: 'quiet',
  pending: 'live',
  terminated: 'quiet',
  'shutting-down': 'warn',
  stopping: 'warn',
};
const words: Record<string, string> = {
  TIMED_OUT: 'timed out',
  ABORTED: 'stopped',
  awaiting_review: 'awaits review',
  needs_review: 'held for review',
  caught: 'caught error',
  claimed: 'in work',
};

export const statusText = (status: string): string =>
  words[status] ?? status.toLowerCase().replaceAll('_', ' ');

/** Shows a status as a word with a colour; the colour is never the only sign. */
export function Status({ of }: { of: string }) {
  return (
    <span class={`status ${tones[of] ?? 'live'}`}>
      <i aria-hidden="true" />
      {statusText(of)}
    </span>
  );
}

/** Shows a time as chosen for the console; the title has it in full. `exact` adds milliseconds. */
export function Time({ of, exact }: { of: number | string; exact?: boolean }) {
  const mode = useTimeMode();
  const now = useNow(mode === 'relative');
  const iso = new Date(of).toISOString();
  return (
    <time dateTime={iso} title={iso} class="number">
      {timeText(Date.parse(iso), { mode, now, exact })}
    </time>
  );
}

/** Shows the time from a start to an end, or until now, updated every second. */
export function Elapsed({ from, to }: { from: number; to?: number | undefined }) {
  const now = useNow(to === undefined);
  return <span class="number">{durationText((to ?? now) - from)}</span>;
}

export function Progress({ done, total, label }: { done: number; total: number; label: string }) {
  const percent = total > 0 ? Math.min(100, (100 * done) / total) : 0;
  return (
    <div class="progress">
      <progress max={100} value={percent} aria-label={label} />
      <span class="number">{Math.floor(percent)} %</span>
    </div>
  );
}

/** Shows the message of an empty list. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p>{title}</p>
      {children}
    </div>
  );
}

export function Problem({ error }: { error: ApiError | Error }) {
  return (
    <p class="problem" role="alert">
      {error.message}
    </p>
  );
}

export function Loading() {
  return (
    <p class="loading" role="status">
      Loading…
    </p>
  );
}

/** Shows that a resource is being fetched, or why it could not be; nothing once it has a value. */
export function FetchState({ value, error }: { value: unknown; error: Error | undefined }) {
  if (error) return <Problem error={error} />;
  return value === undefined ? <Loading /> : null;
}

interface CheckProps {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
}

export function Check({ label, checked, onChange }: CheckProps) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {label}
    </label>
  );
}

/** Names and values, one line each. */
export function Facts({ of }: { of: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {of
        .filter(([, value]) => value !== undefined && value !== null && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** Links only web addresses, because a browser does not open files from a page. */
export function Published({ url }: { url: string }) {
  if (!url.startsWith('https://')) return <code>{url}</code>;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {url}
    </a>
  );
}
